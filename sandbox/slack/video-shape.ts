import { block } from './block-shape.ts';
import { LIMITS } from './limits.ts';
import { text, withScope } from './shape.ts';
import { plainText, publicAddress, secureAddress } from './text-shapes.ts';

const address = secureAddress(LIMITS.videoUrl);

export const video = withScope(
  'links.embed:write',
  block(
    'video',
    {
      alt_text: text({ max: LIMITS.altText }),
      title: plainText(LIMITS.videoTitle),
      thumbnail_url: publicAddress,
      video_url: address,
    },
    {
      title_url: address,
      author_name: text({ max: LIMITS.videoAuthor }),
      provider_name: text({ max: LIMITS.videoProvider }),
      provider_icon_url: publicAddress,
      description: plainText(LIMITS.videoTitle),
    },
  ),
);

import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { drawPlain } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';

export function drawImageBlock(block: Json, context: BlockContext): HTMLElement {
  const title = block.title === undefined ? undefined : drawPlain(block.title, context);
  return element('figure', { class: 'image-block' }, [
    title && element('figcaption', {}, title),
    drawImage(block),
  ]);
}

/** Only pictures that need no foreign server are loaded; of any other the alternative text is shown. */
export function drawImage(source: Json): HTMLElement {
  const url = asText(source.image_url);
  const alternative = asText(source.alt_text);
  if (isOwnPicture(url)) return element('img', { src: url, alt: alternative });
  return element('span', { class: 'image-missing', role: 'img', 'aria-label': alternative }, [
    icon('image'),
    alternative,
  ]);
}

function isOwnPicture(url: string): boolean {
  if (/^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/.test(url)) return true;
  return URL.canParse(url, location.origin) && new URL(url, location.origin).origin === location.origin;
}

import { block } from './block-shape.ts';
import { button } from './button-shapes.ts';
import { LIMITS } from './limits.ts';
import { every, list, notBoth, object, oneOf, type Rule, typed } from './shape.ts';
import { anyText, image } from './text-shapes.ts';

/** The pictures Slack draws itself (docs.slack.dev, "Slack icon object"). */
const ICONS =
  'archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down thumbs-up trash upload user warning';

const CONTENT = ['hero_image', 'title', 'actions', 'body'];

const notEmpty: Rule = (value) =>
  CONTENT.some((field) => value[field] !== undefined)
    ? undefined
    : { message: 'must define at least one of `hero_image`, `title`, `actions` or `body`' };

export const card = block(
  'card',
  {},
  {
    hero_image: image,
    icon: image,
    slack_icon: object({ type: oneOf('icon'), name: oneOf(...ICONS.split(' ')) }),
    title: anyText(LIMITS.cardTitle),
    subtitle: anyText(LIMITS.cardTitle),
    body: anyText(LIMITS.cardBody),
    subtext: anyText(LIMITS.cardBody),
    actions: list(
      typed(() => ({ button })),
      { min: 1, max: LIMITS.cardButtons },
    ),
  },
  every(notEmpty, notBoth('icon', 'slack_icon')),
);

export const carousel = block('carousel', {
  elements: list(
    typed(() => ({ card })),
    { min: 1, max: LIMITS.carouselCards },
  ),
});

import type { BlockContext } from '../blocks/context.ts';
import type { Json } from '../json.ts';
import { asObjects, asText, isObject } from '../json.ts';
import { inBackground } from '../panes/notices.ts';
import { drawPlain } from '../text/draw-text.ts';
import { isSafeUrl } from '../text/inline.ts';
import type { ElementPlace } from './control.ts';
import { drawMenu } from './menu.ts';

/** The "⋯" menu of Block Kit. */
export function drawOverflow(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const items = asObjects(source.options).map((option) => {
    const url = asText(option.url);
    return {
      label: drawPlain(option.text, context),
      url: isSafeUrl(url) ? url : undefined,
      choose: () => inBackground(context.act(actionOf(option, source, place))),
    };
  });
  return drawMenu({
    key: `${place.blockId}/${asText(source.action_id)}`,
    label: 'More actions',
    mark: 'more',
    buttonClass: 'button button-plain',
    items,
  });
}

function actionOf(option: Json, source: Json, place: ElementPlace) {
  return {
    actionId: asText(source.action_id),
    blockId: place.blockId,
    value: option.value,
    confirm: isObject(source.confirm) ? source.confirm : undefined,
  };
}

import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { drawText } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';

const WORDS = new Map([
  ['info', 'Note'],
  ['warning', 'Warning'],
  ['error', 'Error'],
  ['success', 'Done'],
]);

export function drawAlert(block: Json, context: BlockContext): HTMLElement {
  const level = asText(block.level);
  const word = WORDS.get(level);
  return element(
    'div',
    { class: `alert-block alert-${word === undefined ? 'default' : level}`, role: 'note' },
    [
      word === undefined ? undefined : element('strong', {}, [word]),
      element('div', {}, drawText(block.text, context)),
    ],
  );
}

import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { drawInteractive } from '../elements/interactive.ts';
import type { Json } from '../json.ts';
import { asObject, asText } from '../json.ts';
import { drawPlain } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';

/** A labelled form control with its hint and, after a refused submission, what to mend. */
export function drawInput(block: Json, context: BlockContext): HTMLElement {
  const blockId = asText(block.block_id);
  const source = asObject(block.element);
  const id = `${context.scope}-${blockId}-${asText(source.action_id)}`;
  const isOptional = block.optional === true;
  const error = context.errors[blockId];
  const hasHint = block.hint !== undefined;
  const describedBy = [hasHint ? `${id}-hint` : '', error === undefined ? '' : `${id}-error`]
    .join(' ')
    .trim();
  const place = {
    id,
    blockId,
    reportsChanges: block.dispatch_action === true,
    isRequired: !isOptional,
    labelledBy: `${id}-label`,
    describedBy: describedBy === '' ? undefined : describedBy,
  };
  const label = element('label', { class: 'input-label', for: id, id: `${id}-label` }, [
    ...drawPlain(block.label, context),
    isOptional ? element('span', { class: 'optional' }, [' (optional)']) : undefined,
  ]);
  return element(
    'div',
    {
      class: error === undefined ? 'input-block' : 'input-block has-error',
      'data-input-block': blockId,
      'data-required': !isOptional,
    },
    [
      label,
      drawInteractive(source, place, context),
      hasHint
        ? element('div', { class: 'hint', id: `${id}-hint` }, drawPlain(block.hint, context))
        : undefined,
      error === undefined ? undefined : drawError(`${id}-error`, error),
    ],
  );
}

function drawError(id: string, text: string): HTMLElement {
  return element('div', { class: 'input-error', id, role: 'alert', 'data-key': 'error' }, [
    icon('warning'),
    text,
  ]);
}

import type { BlockContext } from '../blocks/context.ts';
import { drawPlaceholder } from '../blocks/placeholder.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import { drawButton } from './button.ts';
import { drawChoices } from './choices.ts';
import type { ElementPlace } from './control.ts';
import { drawExternalSelect } from './external-select.ts';
import { drawMomentField } from './moment-field.ts';
import { drawMultiSelect } from './multi-select.ts';
import { drawOverflow } from './overflow.ts';
import { drawRichTextInput } from './rich-text-input.ts';
import { drawSelect } from './select.ts';
import { drawTextField } from './text-field.ts';

type Draw = (source: Json, place: ElementPlace, context: BlockContext) => HTMLElement;

const DRAWINGS = new Map<string, Draw>(
  Object.entries({
    button: drawButton,
    static_select: drawSelect,
    users_select: drawSelect,
    channels_select: drawSelect,
    conversations_select: drawSelect,
    multi_static_select: drawMultiSelect,
    multi_users_select: drawMultiSelect,
    multi_channels_select: drawMultiSelect,
    multi_conversations_select: drawMultiSelect,
    overflow: drawOverflow,
    datepicker: drawMomentField,
    timepicker: drawMomentField,
    datetimepicker: drawMomentField,
    checkboxes: drawChoices,
    radio_buttons: drawChoices,
    plain_text_input: drawTextField,
    number_input: drawTextField,
    email_text_input: drawTextField,
    url_text_input: drawTextField,
    external_select: drawExternalSelect,
    multi_external_select: drawExternalSelect,
    rich_text_input: drawRichTextInput,
    file_input: () => drawPlaceholder('file', 'People would choose files here; the sandbox takes none.'),
    workflow_button: (source) => drawPlaceholder('more', `“${textOf(source.text)}” would start a workflow.`),
  }),
);

/** Any interactive element; one that this page does not know says so instead of vanishing. */
export function drawInteractive(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const type = asText(source.type);
  const draw = DRAWINGS.get(type);
  return (
    draw?.(source, place, context) ??
    element('span', { class: 'unsupported' }, [`unsupported element: ${type}`])
  );
}

/** The place of an element that stands outside of an input block. */
export function placeAlone(source: Json, blockId: string, context: BlockContext): ElementPlace {
  return {
    id: `${context.scope}-${blockId}-${asText(source.action_id)}`,
    blockId,
    reportsChanges: true,
    isRequired: false,
    labelledBy: undefined,
    describedBy: undefined,
  };
}

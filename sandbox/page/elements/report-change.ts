import type { BlockContext } from '../blocks/context.ts';
import { on, targetOf } from '../dom/events.ts';
import type { Json } from '../json.ts';
import { asText, isObject } from '../json.ts';
import { inBackground } from '../panes/notices.ts';
import type { ElementPlace } from './control.ts';
import { controlValue } from './control.ts';

/** Sends the value of a control on `event`, where the place asks for it. */
export function reportChange(
  field: HTMLElement,
  event: string,
  { source, place, context }: { source: Json; place: ElementPlace; context: BlockContext },
): void {
  if (!place.reportsChanges) return;
  on(field, event, (happened) => {
    const control = targetOf(happened).closest('[data-control]');
    if (control === null) return;
    inBackground(sendValue(control, { source, place, context }));
  });
}

async function sendValue(
  control: Element,
  { source, place, context }: { source: Json; place: ElementPlace; context: BlockContext },
): Promise<void> {
  const isSent = await context.act({
    actionId: asText(source.action_id),
    blockId: place.blockId,
    value: controlValue(control),
    confirm: isObject(source.confirm) ? source.confirm : undefined,
  });
  if (!isSent) restoreInitialValue(control);
}

// The person declined the confirmation: what is shown must be what Forge knows.
function restoreInitialValue(control: Element): void {
  for (const option of control.querySelectorAll('option')) option.selected = option.defaultSelected;
  for (const field of control.querySelectorAll('input')) {
    field.checked = field.defaultChecked;
    if (field.type !== 'checkbox' && field.type !== 'radio') field.value = field.defaultValue;
  }
}

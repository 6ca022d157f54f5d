import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asText, isObject, textOrNothing } from '../json.ts';
import { inBackground } from '../panes/notices.ts';
import { drawPlain, textOf } from '../text/draw-text.ts';
import { isSafeUrl } from '../text/inline.ts';
import type { ElementPlace } from './control.ts';

/** A button. One with a `url` is a link that also tells Forge it was clicked. */
export function drawButton(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const url = asText(source.url);
  const attributes = {
    class: `button ${styleClass(source.style)}`,
    'data-key': `${place.blockId}/${asText(source.action_id)}`,
    'data-action-id': asText(source.action_id),
    'aria-label': textOrNothing(source.accessibility_label),
    title: textOf(source.text),
  };
  const label = element('span', { class: 'button-label' }, drawPlain(source.text, context));
  const button = isSafeUrl(url)
    ? element('a', { ...attributes, href: url, target: '_blank', rel: 'noopener noreferrer' }, [
        label,
        icon('external'),
      ])
    : element('button', { ...attributes, type: 'button' }, [label]);
  on(button, 'click', (event) => inBackground(press(targetOf(event), { source, place, context })));
  return button;
}

/** Marks the button while Slack would show its spinner, and ignores a second press meanwhile. */
async function press(
  button: HTMLElement,
  { source, place, context }: { source: Json; place: ElementPlace; context: BlockContext },
): Promise<void> {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    await context.act({
      actionId: asText(source.action_id),
      blockId: place.blockId,
      value: source.value,
      confirm: isObject(source.confirm) ? source.confirm : undefined,
    });
  } finally {
    button.removeAttribute('aria-busy');
  }
}

export function styleClass(style: unknown): string {
  if (style === 'primary') return 'button-primary';
  return style === 'danger' ? 'button-danger' : 'button-plain';
}

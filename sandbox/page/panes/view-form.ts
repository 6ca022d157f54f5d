import { drawBlocks } from '../blocks/block.ts';
import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { asObjects, asText } from '../json.ts';
import type { View } from '../model.ts';
import { drawPlain, textOf } from '../text/draw-text.ts';

export type ViewFrame = {
  isTop: boolean;
  errors: Readonly<Record<string, string>>;
  context: BlockContext;
  close(): void;
  submit(form: HTMLElement): void;
};

export function drawViewForm(view: View, frame: ViewFrame): HTMLElement {
  const { context } = frame;
  const close = element('button', { class: 'tool', type: 'button', 'aria-label': 'Close' }, [icon('close')]);
  const cancel = element('button', { class: 'button button-plain', type: 'button' }, [
    textOf(view.view.close) || 'Close',
  ]);
  for (const button of [close, cancel]) on(button, 'click', frame.close);
  const form = element(
    'form',
    { class: 'view-form', 'data-key': view.id, novalidate: true, hidden: !frame.isTop },
    [
      element('header', { class: 'dialog-head' }, [
        element(
          'h2',
          { class: 'dialog-title', id: frame.isTop ? 'view-title' : undefined },
          drawPlain(view.view.title, context),
        ),
        close,
      ]),
      element('div', { class: 'dialog-body' }, drawBlocks(asObjects(view.view.blocks), context)),
      drawProblems(view, frame),
      element('footer', { class: 'dialog-foot' }, [cancel, drawSubmit(view)]),
    ],
  );
  on(form, 'submit', (event) => {
    event.preventDefault();
    frame.submit(targetOf(event));
  });
  return form;
}

function drawSubmit(view: View): HTMLElement | undefined {
  const label = textOf(view.view.submit);
  if (label === '') return undefined;
  return element('button', { class: 'button button-primary', type: 'submit' }, [label]);
}

/** Slack's trouble line, and errors of blocks that this view does not have: they must not vanish. */
function drawProblems(view: View, { errors }: ViewFrame): HTMLElement | undefined {
  const blocks = new Set(asObjects(view.view.blocks).map((block) => asText(block.block_id)));
  const homeless = Object.entries(errors).filter(([block]) => !blocks.has(block));
  const lines = [view.warning, ...homeless.map(([, text]) => text)].filter((line) => line !== undefined);
  if (lines.length === 0) return undefined;
  return element('div', { class: 'dialog-problem', role: 'alert' }, [icon('warning'), lines.join(' ')]);
}

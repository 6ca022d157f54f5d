import { block } from './block-shape.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';
import { list, object, oneOf, type Shape, text, typed } from './shape.ts';
import { webAddress } from './text-shapes.ts';

function card(...statuses: string[]): Shape {
  return block(
    'task_card',
    { task_id: text(), title: text(), status: oneOf(...statuses) },
    {
      details: richText,
      output: richText,
      sources: list(object({ type: oneOf('url'), url: webAddress(LIMITS.buttonUrl), text: text() })),
    },
  );
}

/** A card may wait only inside a plan: by itself Slack refuses `pending`. */
export const taskCard = card('in_progress', 'complete', 'error');

const TASK = { task_card: card('pending', 'in_progress', 'complete', 'error') };

export const plan = block(
  'plan',
  { title: text() },
  { tasks: list(typed(() => TASK)), status: oneOf('pending', 'in_progress', 'complete', 'error') },
);

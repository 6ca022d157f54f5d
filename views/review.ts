import type { KnownBlock, ModalView } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { context, section } from './blocks.ts';
import { plain } from './deploy-form.ts';
import { isAborting, who } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { moment, quotation, quoted, whyWords } from './text.ts';

/** What everybody must see of an emergency: who decided it and why, what it passed over, and whether somebody has reviewed it. */
export function emergencyBlocks(deployment: Deployment): KnownBlock[] {
  const { emergency, passedOver, review } = deployment;
  if (emergency === undefined) return [];
  const why = emergency.why === undefined ? '' : `\n${quotation(emergency.why, 500)}`;
  const over = passedOver.map((one) => `\n• It passed over this: ${whyWords(one, 300)}`).join('');
  return [
    section(
      `:rotating_light: *Emergency*, decided by ${who(emergency.by)} ${moment(emergency.at)}.${why}${over}`,
    ),
    ...(review === undefined || isAborting(deployment)
      ? []
      : [context(reviewTold(deployment.number, review))]),
  ];
}

function reviewTold(number: number, { due, written }: NonNullable<Deployment['review']>): string {
  if (written === undefined) return `A review is due by ${moment(due)}: \`/forge review #${number}\`.`;
  return `Reviewed by ${who(written.by)}, ${moment(written.at)}: ${quoted(written.text, 600)}`;
}

/** Somebody writes down what happened, why it could not wait, and what prevents the next one. */
export function reviewForm({ number, emergency }: Deployment): ModalView {
  const why = emergency?.why;
  return {
    type: 'modal',
    callback_id: 'review',
    private_metadata: JSON.stringify({ deployment: number }),
    title: plain(`Review of #${number}`),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(
        why === undefined
          ? `#${number} was an emergency.`
          : `#${number} was an emergency:\n${quotation(why, 900)}`,
      ),
      {
        type: 'input',
        block_id: 'text',
        label: plain('What happened, why it could not wait, and what prevents the next one'),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          max_length: LIMITS.inputLength,
        },
      },
    ],
  };
}

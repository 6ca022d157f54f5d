import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { environmentSelect, plain, reasonInput, serviceSelect } from './deploy-form.ts';
import { LIMITS } from './limits.ts';
import { shortened } from './text.ts';

export type Box = { name: string; label: string; text: string; description: string; isTicked: boolean };

/** Asks a person to confirm a rollback or an abort, saying what it does. `hidden` comes back with the answer. */
export function confirmForm(content: {
  command: 'rollback' | 'abort' | 'approve' | 'reject' | 'consent' | 'emergency' | 'override' | 'schedule';
  title: string;
  /** Mrkdwn paragraphs; foreign parts escaped. */
  paragraphs: string[];
  /** A box to tick, with its name; what it means below it. */
  box?: Box;
  yes: string;
  hidden: unknown;
  /** The reason that was typed already. */
  why?: string;
  isReasonNeeded?: boolean;
}): ModalView {
  return {
    type: 'modal',
    callback_id: content.command,
    private_metadata: JSON.stringify(content.hidden),
    title: plain(shortened(content.title, LIMITS.modalTitle)),
    submit: plain(shortened(content.yes, LIMITS.modalTitle)),
    close: plain('Cancel'),
    blocks: [
      ...content.paragraphs.map((text) => section(text)),
      ...(content.box === undefined ? [] : [boxInput(content.box)]),
      reasonInput(content.why, { isNeeded: content.isReasonNeeded === true }),
    ],
  };
}

function boxInput({ name, label, text, description, isTicked }: Box): KnownBlock {
  const option = {
    text: plain(shortened(text, LIMITS.optionText)),
    description: plain(shortened(description, LIMITS.optionText)),
    value: name,
  };
  return {
    type: 'input',
    block_id: name,
    optional: true,
    label: plain(label),
    element: {
      type: 'checkboxes',
      action_id: name,
      options: [option],
      ...(isTicked ? { initial_options: [option] } : {}),
    },
  };
}

/** Asks which service and environment to roll back; the answer is shown for confirmation before anything happens. */
export function rollbackPlaceForm(content: {
  policy: Policy;
  service?: string;
  environment?: string;
  note: string;
  /** The reason that was typed already. */
  why?: string;
}): ModalView {
  const { policy, service, environment, note, why } = content;
  return {
    type: 'modal',
    callback_id: 'rollback',
    title: plain('Roll back'),
    submit: plain('Next'),
    close: plain('Cancel'),
    blocks: [
      section(note),
      serviceSelect(policy, service),
      environmentSelect(policy, environment),
      reasonInput(why),
    ],
  };
}

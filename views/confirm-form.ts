import type { ModalView } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { environmentSelect, plain, reasonInput, serviceSelect } from './deploy-form.ts';
import { LIMITS } from './limits.ts';
import { shortened } from './text.ts';

/** Asks a person to confirm a rollback or an abort, saying what it does. `hidden` comes back with the answer. */
export function confirmForm(content: {
  command: 'rollback' | 'abort';
  title: string;
  /** Mrkdwn paragraphs; foreign parts escaped. */
  paragraphs: string[];
  yes: string;
  hidden: unknown;
  /** The reason that was typed already. */
  why?: string;
}): ModalView {
  return {
    type: 'modal',
    callback_id: content.command,
    private_metadata: JSON.stringify(content.hidden),
    title: plain(shortened(content.title, LIMITS.modalTitle)),
    submit: plain(shortened(content.yes, LIMITS.modalTitle)),
    close: plain('Cancel'),
    blocks: [...content.paragraphs.map((text) => section(text)), reasonInput(content.why)],
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

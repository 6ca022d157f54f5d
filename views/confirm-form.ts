import type { ModalView } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { option, plain, reasonInput, select } from './deploy-form.ts';

/** Asks a person to confirm a rollback or an abort, saying what it does. `hidden` comes back with the answer. */
export function confirmForm(content: {
  command: 'rollback' | 'abort';
  title: string;
  /** Mrkdwn paragraphs; foreign parts escaped. */
  paragraphs: string[];
  yes: string;
  hidden: unknown;
}): ModalView {
  return {
    type: 'modal',
    callback_id: content.command,
    private_metadata: JSON.stringify(content.hidden),
    title: plain(content.title),
    submit: plain(content.yes),
    close: plain('Cancel'),
    blocks: [...content.paragraphs.map((text) => section(text)), reasonInput(undefined)],
  };
}

/** Asks which service and environment to roll back; the answer is shown for confirmation before anything happens. */
export function rollbackPlaceForm(content: {
  policy: Policy;
  service?: string;
  environment?: string;
  note: string;
}): ModalView {
  const { policy, service, environment, note } = content;
  return {
    type: 'modal',
    callback_id: 'rollback',
    title: plain('Roll back'),
    submit: plain('Next'),
    close: plain('Cancel'),
    blocks: [
      section(note),
      select(
        'service',
        'Service',
        policy.services.map(({ name, title }) => option(`${title} (${name})`, name)),
        service,
      ),
      select(
        'environment',
        'Environment',
        policy.environments.map(({ name }) => option(name, name)),
        environment,
      ),
    ],
  };
}

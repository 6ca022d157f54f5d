import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { plain } from './deploy-form.ts';
import { LIMITS } from './limits.ts';
import { oneLine, shortened } from './text.ts';

/** In place of an environment: all of them. No environment is called so. */
export const EVERYWHERE = '*';

export type RestrictionFormContent = {
  command: 'freeze' | 'lock';
  policy: Policy;
  /** Why the form opened, in mrkdwn; foreign parts escaped. */
  note: string;
  /** `EVERYWHERE` for all of them. */
  environment?: string;
  service?: string;
  /** Proposals, in milliseconds since the epoch. */
  from?: number;
  until?: number;
  why?: string;
  /** Comes back with the answer. */
  hidden?: unknown;
};

/** Asks for what the words about a freeze or a lock did not say. Block ids are the command's input keys. Pickers show the reader's own zone. */
export function restrictionForm(content: RestrictionFormContent): ModalView {
  const { command, policy, note, environment, service, from, until, why, hidden } = content;
  const isFreeze = command === 'freeze';
  const everywhere = isFreeze ? [option('everywhere', EVERYWHERE)] : [];
  const environments = [...everywhere, ...policy.environments.map(({ name }) => option(name, name))];
  const services = policy.services.map(({ name, title }) =>
    option(`${shortened(oneLine(title), LIMITS.optionText - name.length - 3)} (${name})`, name),
  );
  return {
    type: 'modal',
    callback_id: command,
    ...(hidden === undefined ? {} : { private_metadata: JSON.stringify(hidden) }),
    title: plain(isFreeze ? 'Freeze' : 'Lock'),
    submit: plain(isFreeze ? 'Freeze' : 'Lock'),
    close: plain('Cancel'),
    blocks: [
      section(note),
      select('environment', 'Environment', environments, { initial: environment }),
      select('service', 'Service', services, { initial: service, empty: 'All services there' }),
      ...(isFreeze ? [timePicker('from', 'From', { initial: from, hint: 'Leave it empty for “now”.' })] : []),
      timePicker('until', 'Until', { initial: until }),
      reason(why),
    ],
  };
}

function select(
  id: string,
  label: string,
  options: PlainTextOption[],
  { initial, empty }: { initial: string | undefined; empty?: string },
): KnownBlock {
  const listed = options.slice(0, LIMITS.options);
  const chosen = listed.find(({ value }) => value === initial);
  return {
    type: 'input',
    block_id: id,
    optional: empty !== undefined,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: id,
      placeholder: plain(empty ?? 'Choose one'),
      options: listed,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    },
  };
}

/** Optional where there is a hint of what leaving it empty means. */
function timePicker(
  id: string,
  label: string,
  { initial, hint }: { initial: number | undefined; hint?: string },
): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional: hint !== undefined,
    label: plain(label),
    ...(hint === undefined ? {} : { hint: plain(hint) }),
    element: {
      type: 'datetimepicker',
      action_id: id,
      ...(initial === undefined ? {} : { initial_date_time: Math.floor(initial / 1000) }),
    },
  };
}

function reason(initial: string | undefined): KnownBlock {
  return {
    type: 'input',
    block_id: 'why',
    label: plain('Why'),
    hint: plain('Shown to everybody who has to wait for it.'),
    element: {
      type: 'plain_text_input',
      action_id: 'why',
      multiline: true,
      max_length: LIMITS.inputLength,
      ...(initial === undefined ? {} : { initial_value: shortened(initial, LIMITS.inputLength) }),
    },
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plain(shortened(oneLine(text), LIMITS.optionText)), value };
}

import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { cleaned, shortened } from './text.ts';

export type DeployFormContent = {
  policy: Policy;
  /** Why the form opened, in mrkdwn; foreign parts escaped. */
  note?: string;
  service?: string;
  environment?: string;
  ref?: string;
  why?: string;
  /** Releases the words could mean: then one of them is chosen. */
  candidates?: readonly { ref: string; label: string }[];
};

/** Asks for what the words did not say. Block ids are the command's input keys, so that a problem shows under its field. */
export function deployForm(content: DeployFormContent): ModalView {
  const { policy, note, service, environment, ref, why, candidates } = content;
  const services = policy.services.map(({ name, title }) => option(`${title} (${name})`, name));
  const environments = policy.environments.map(({ name }) => option(name, name));
  const blocks: KnownBlock[] = [
    ...(note === undefined ? [] : [section(note)]),
    select('service', 'Service', services, service),
    select('environment', 'Environment', environments, environment),
    candidates === undefined ? refInput(ref) : select('ref', 'Release', candidates.map(candidate), undefined),
    reasonInput(why),
  ];
  return {
    type: 'modal',
    callback_id: 'deploy',
    title: plain('Deploy'),
    submit: plain('Deploy'),
    close: plain('Cancel'),
    blocks,
  };
}

function candidate({ ref, label }: { ref: string; label: string }): PlainTextOption {
  return option(label, ref);
}

export function select(
  id: string,
  label: string,
  options: PlainTextOption[],
  initial: string | undefined,
): KnownBlock {
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: id,
      placeholder: plain('Choose one'),
      options: options.slice(0, LIMITS.options),
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    },
  };
}

function refInput(initial: string | undefined): KnownBlock {
  return {
    type: 'input',
    block_id: 'ref',
    optional: true,
    label: plain('Version, branch or commit'),
    hint: plain('Leave it empty for the newest release of the environment’s branch.'),
    element: {
      type: 'plain_text_input',
      action_id: 'ref',
      max_length: 100,
      placeholder: plain('for example v1.1.0'),
      ...(initial === undefined ? {} : { initial_value: shortened(initial, 100) }),
    },
  };
}

export function reasonInput(initial: string | undefined): KnownBlock {
  return {
    type: 'input',
    block_id: 'why',
    optional: true,
    label: plain('Why'),
    hint: plain('Shown in the message and kept in the history.'),
    element: {
      type: 'plain_text_input',
      action_id: 'why',
      multiline: true,
      max_length: LIMITS.inputLength,
      ...(initial === undefined ? {} : { initial_value: initial }),
    },
  };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: plain(shortened(cleaned(text), LIMITS.optionText)), value };
}

export function plain(text: string): { type: 'plain_text'; text: string } {
  return { type: 'plain_text', text };
}

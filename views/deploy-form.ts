import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Policy } from '../src/domain/policy.ts';
import { section } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { oneLine, shortened, shortenedMarkup } from './text.ts';

export type DeployFormContent = {
  policy: Policy;
  /** Why the form opened, in mrkdwn; foreign parts escaped. */
  note?: string;
  service?: string;
  environment?: string;
  ref?: string;
  strategy?: string;
  /** Several were named. Where none was, the policy's is meant and the form does not ask. */
  isStrategyAsked?: true;
  why?: string;
  /** Releases the words could mean: then one of them is chosen. */
  candidates?: readonly { ref: string; label: string }[];
  /** What would come of it as it is filled in now, in markup. */
  outlook?: readonly string[];
};

/** Fields on which what would come of it depends: every choice in them is told to Forge at once. */
export const TELLING_FIELDS: readonly string[] = ['service', 'environment', 'strategy', 'at'];

/** Has the form tell every choice. What a word could mean is not asked again, so such a form stays as it is. */
function telling(block: KnownBlock, { candidates }: DeployFormContent): KnownBlock {
  const isTelling = block.type === 'input' && TELLING_FIELDS.includes(block.block_id ?? '');
  return isTelling && candidates === undefined ? { ...block, dispatch_action: true } : block;
}

/** Asks for what the words did not say. Block ids are the command's input keys, so that a problem shows under its field. */
export function deployForm(content: DeployFormContent): ModalView {
  const { policy, note, service, environment, ref, why, candidates } = content;
  const isStrategyShown = content.strategy !== undefined || content.isStrategyAsked === true;
  const blocks: KnownBlock[] = [
    ...(note === undefined ? [] : [section(note)]),
    serviceSelect(policy, service),
    environmentSelect(policy, environment),
    candidates === undefined ? refInput(ref) : select('ref', 'Release', candidates.map(candidate), undefined),
    ...(isStrategyShown ? [strategySelect(content.strategy)] : []),
    ...outlookSection(content),
    reasonInput(why),
  ];
  return {
    type: 'modal',
    callback_id: 'deploy',
    title: plain('Deploy'),
    submit: plain('Deploy'),
    close: plain('Cancel'),
    blocks: blocks.map((block) => telling(block, content)),
  };
}

function outlookSection({ outlook = [] }: DeployFormContent): KnownBlock[] {
  if (outlook.length === 0) return [];
  const text = shortenedMarkup(outlook.join('\n'), LIMITS.sectionText);
  return [{ ...section(text), block_id: 'outlook' }];
}

export function serviceSelect({ services }: Policy, initial: string | undefined): KnownBlock {
  // The name is what tells two services apart: a long title gives way to it.
  const options = services.map(({ name, title }) =>
    option(`${shortened(oneLine(title), LIMITS.optionText - name.length - 3)} (${name})`, name),
  );
  return select('service', 'Service', options, initial);
}

export function environmentSelect({ environments }: Policy, initial: string | undefined): KnownBlock {
  const options = environments.map(({ name }) => option(name, name));
  return select('environment', 'Environment', options, initial);
}

function strategySelect(initial: string | undefined): KnownBlock {
  const options = [
    option('rolling: new tasks replace the old ones', 'rolling'),
    option('blue-green: a second set of tasks takes all traffic', 'blue-green'),
    option('canary: a second set of tasks takes traffic step by step', 'canary'),
  ];
  return select('strategy', 'How', options, initial);
}

function candidate({ ref, label }: { ref: string; label: string }): PlainTextOption {
  return option(label, ref);
}

/** Slack lists so many options and no more; for the others the words of the command do. */
function select(
  id: string,
  label: string,
  options: PlainTextOption[],
  initial: string | undefined,
): KnownBlock {
  const listed = options.slice(0, LIMITS.options);
  const chosen = listed.find(({ value }) => value === initial);
  const hint = `Only ${LIMITS.options} of ${options.length} are listed. Type the name of another in the command.`;
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    ...(listed.length === options.length ? {} : { hint: plain(hint) }),
    element: {
      type: 'static_select',
      action_id: id,
      placeholder: plain('Choose one'),
      options: listed,
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

export function reasonInput(
  initial: string | undefined,
  { isNeeded = false }: { isNeeded?: boolean } = {},
): KnownBlock {
  return {
    type: 'input',
    block_id: 'why',
    optional: !isNeeded,
    label: plain('Why'),
    hint: plain('Shown in the message and kept in the history.'),
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

export function plain(text: string): { type: 'plain_text'; text: string } {
  return { type: 'plain_text', text };
}

import type { InputBlock, ModalView } from '@slack/types';
import type { ApprovalNeed } from '../src/domain/approval.ts';
import type { StartDecision } from '../src/domain/start-times.ts';
import { needsWords } from './approval-words.ts';
import { section } from './blocks.ts';
import { cronWords } from './cron-words.ts';
import { type DeployFormContent, deployForm, plain } from './deploy-form.ts';
import { code, escaped, moment, refusal, sentence } from './text.ts';
import { zonedTimes } from './zoned-time.ts';

/** Asks for what the words about a schedule did not say. Block ids are the command's input keys. The picker shows the reader's own zone. */
export function scheduleForm({ at, ...content }: DeployFormContent & { at?: number }): ModalView {
  const form = deployForm({ ...content, isStrategyAsked: true });
  const blocks = form.blocks.map((block) =>
    'block_id' in block && block.block_id === 'strategy' ? { ...block, optional: true } : block,
  );
  const end = blocks.findIndex(
    (block) => 'block_id' in block && (block.block_id === 'outlook' || block.block_id === 'why'),
  );
  return {
    ...form,
    callback_id: 'schedule',
    title: plain('Schedule'),
    submit: plain('Next'),
    blocks: [...blocks.slice(0, end), { ...timePicker(at), dispatch_action: true }, ...blocks.slice(end)],
  };
}

/** Asks for another time. */
export function rescheduleForm(content: {
  deployment: number;
  digest: string;
  paragraphs: string[];
  at: number;
}): ModalView {
  const { deployment, digest, paragraphs, at } = content;
  return {
    type: 'modal',
    callback_id: 'reschedule',
    private_metadata: JSON.stringify({ deployment, digest }),
    title: plain(`Change #${deployment}`),
    submit: plain('Change time'),
    close: plain('Cancel'),
    blocks: [...paragraphs.map((text) => section(text)), timePicker(at)],
  };
}

/** Asks the owner of a scheduled deployment whether it may start as it is now. */
export function confirmStartForm(content: {
  deployment: number;
  digest: string;
  paragraphs: string[];
}): ModalView {
  const { deployment, digest, paragraphs } = content;
  return {
    type: 'modal',
    callback_id: 'confirm',
    private_metadata: JSON.stringify({ deployment, digest }),
    title: plain(`Start #${deployment}`),
    submit: plain('Start as it is now'),
    close: plain('Cancel'),
    blocks: paragraphs.map((text) => section(text)),
  };
}

type Planned = {
  /** What people call the service. */
  title: string;
  environment: string;
  /** The release, as it was named. Absent: the newest of that branch when it is scheduled. */
  ref?: string;
  branch: string;
  strategy?: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The person's, and the environment's where it has one. */
  zones: readonly string[];
  approvals: readonly ApprovalNeed[];
  /** Whether it might start then as things stand. */
  start: StartDecision;
};

/** What is about to be scheduled, a paragraph each; in markup. */
export function plannedWords(planned: Planned): string[] {
  const { title, environment, ref, branch, strategy, at, zones } = planned;
  const what =
    ref === undefined ? `The newest release of ${code(branch)}, as it is now,` : `*${escaped(ref)}*`;
  const how = strategy === undefined ? '' : `, by ${escaped(strategy)}`;
  return [
    `${what} goes to *${escaped(title)}* in *${escaped(environment)}*${how}.`,
    `It starts:${zonedTimes(at, [...zones, 'UTC'])
      .map((time) => `\n• ${escaped(time)}`)
      .join('')}`,
    ...needs(planned),
    'Everything is looked at again 15 minutes before. If something is not as it is now, you are asked, and without your answer it does not start.',
  ];
}

function needs({ approvals, start }: Planned): string[] {
  const lines = [
    ...(approvals.length === 0
      ? []
      : [
          `It needs the approval of ${needsWords(approvals)}: they are asked now, and have until it is to start.`,
        ]),
    ...obstacle(start),
  ];
  return lines.length === 0 ? ['Nobody has to approve it.'] : lines;
}

function obstacle(start: StartDecision): string[] {
  switch (start.kind) {
    case 'may':
      return [];
    case 'needs-consent':
      return [`${sentence(refusal(start.why))} Release managers are asked now.`];
    case 'must-wait':
      return [`:warning: As things stand it may not start then: ${sentence(refusal(start.why))}`];
  }
}

/** What is about to recur, a paragraph each; in markup. `times`: the next ones, in milliseconds since the epoch. */
export function recurringPlannedWords(
  planned: Pick<Planned, 'title' | 'environment' | 'ref' | 'branch' | 'strategy'> & {
    cron: string;
    zone: string;
    times: readonly number[];
  },
): string[] {
  const { title, environment, ref, branch, strategy, cron, zone, times } = planned;
  const what = ref === undefined ? `The newest release of ${code(branch)} then` : `*${escaped(ref)}*`;
  const how = strategy === undefined ? '' : `, by ${escaped(strategy)}`;
  const next = times.map((time) => `\n• ${zonedTimes(time, [zone, 'UTC']).map(escaped).join('; ')}`);
  return [
    `${what} goes to *${escaped(title)}* in *${escaped(environment)}*${how}, again and again: ${cronWords(cron)} by the clock of ${escaped(zone)}.`,
    `The next times are:${next.join('')}`,
    'If it cannot start at one of these times, you are told, and it is tried again the next time.',
  ];
}

/** Why nothing can be scheduled for that time, and what could be, in mrkdwn. */
export function notThen({ why, until }: Extract<StartDecision, { kind: 'must-wait' }>): string {
  const next = until === undefined ? '' : ` ${moment(until)} would do.`;
  return `Nothing was scheduled: ${sentence(refusal(why))}${next}`;
}

function timePicker(initial: number | undefined): InputBlock {
  return {
    type: 'input',
    block_id: 'at',
    label: plain('When'),
    element: {
      type: 'datetimepicker',
      action_id: 'at',
      ...(initial === undefined ? {} : { initial_date_time: Math.floor(initial / 1000) }),
    },
  };
}

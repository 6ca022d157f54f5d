import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { Recurring } from '../src/domain/recurring.ts';
import type { Message } from '../src/ports/chat.ts';
import { actions, button, context, section } from './blocks.ts';
import { newVersion, placeOf, who } from './deployment-words.ts';
import { deployNowButton, recurringWords } from './recurring.ts';
import { escaped, moment, oneLine, shortened, whyWords } from './text.ts';
import { waitWords } from './waits.ts';

/** Buttons fit beside so many; the others are named by typing. */
const MOST_LISTED = 15;

/** What is scheduled, the next first, then what recurs. */
export function scheduleList(
  { scheduled, recurring }: { scheduled: readonly Deployment[]; recurring: readonly Recurring[] },
  policy: Policy,
): Message {
  const sorted = scheduled.toSorted((one, other) => (one.startAt ?? 0) - (other.startAt ?? 0));
  const listed = sorted.slice(0, MOST_LISTED);
  const more = sorted.length - listed.length;
  const again = recurring.slice(0, MOST_LISTED);
  const hidden = more + recurring.length - again.length;
  const intro = introOf(sorted.length, recurring.length);
  return {
    text: intro,
    blocks: [
      section(intro),
      ...listed.flatMap((one) =>
        scheduledEntry(one, serviceNamed(policy, one.service)?.title ?? one.service),
      ),
      ...again.flatMap(recurringEntry),
      ...(hidden > 0 ? [context(`${hidden} more; name a service or an environment to see them.`)] : []),
    ],
  };
}

/** A scheduled deployment with the buttons to change it. */
export function scheduledEntry(deployment: Deployment, title: string): KnownBlock[] {
  const { number, startAt, requestedBy, phase } = deployment;
  if (startAt === undefined) return [];
  const waits = phase.kind === 'waiting' ? `\n${waitWords(phase, deployment, { most: 300 })}` : '';
  const votes = phase.kind === 'awaiting-approval' ? '\nIt waits for approval.' : '';
  const what = `${newVersion(deployment)} for ${placeOf(deployment, title)}`;
  return [
    section(
      `*#${number}* ${escaped(what)}: starts ${moment(startAt)}, asked by ${who(requestedBy)}.${waits}${votes}`,
    ),
    actions([
      button({ command: 'reschedule', text: 'Change time…', value: { deployment: number } }),
      button({
        ...{ command: 'unschedule', text: `Cancel #${number}`, style: 'danger' },
        value: { deployment: number, startAt },
        confirm: {
          title: `Cancel #${number}?`,
          text: `${what} does not start. Nothing has been changed yet.`,
          yes: `Cancel #${number}`,
          no: 'Keep it',
        },
      }),
    ]),
  ];
}

function introOf(scheduled: number, recurring: number): string {
  if (scheduled === 1) return 'One deployment is scheduled.';
  if (scheduled > 1) return `${scheduled} deployments are scheduled.`;
  if (recurring > 0) return 'Nothing is scheduled for one time.';
  return 'Nothing is scheduled. To schedule something, type `/forge schedule api production v1.4.2 tomorrow 02:00`.';
}

export function recurringEntry(recurring: Recurring): KnownBlock[] {
  const { id, owner, nextAt, problem } = recurring;
  const last =
    problem === undefined ? '' : `\nNot started ${moment(problem.at)}: ${whyWords(problem.reason, 300)}`;
  return [
    section(
      `*${id}*, again and again: ${recurringWords(recurring)}, by <@${owner}>. The next time is ${moment(nextAt)}.${last}`,
    ),
    actions([
      ...(problem === undefined ? [] : [deployNowButton(recurring)]),
      button({
        ...{ command: 'unschedule', text: `Cancel ${id}`, style: 'danger', value: { recurring: id } },
        confirm: {
          title: `Cancel ${id}?`,
          text: `${shortened(oneLine(recurring.service), 60)} is not deployed to ${shortened(oneLine(recurring.environment), 60)} by itself any more. What was asked for already goes on.`,
          yes: `Cancel ${id}`,
          no: 'Keep it',
        },
      }),
    ]),
  ];
}

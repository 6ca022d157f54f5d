import type { Button, KnownBlock } from '@slack/types';
import { type ApprovalState, openNeeds, type Vote } from '../src/domain/approval.ts';
import { isPusherUnknown } from '../src/domain/automatic.ts';
import { consentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { expectedSeconds, secondsToUndo } from '../src/domain/estimate.ts';
import { everyOf, isEverybodyOf, type PeoplePolicy, type Subject } from '../src/domain/people-policy.ts';
import { askableFor, askableToConsent, needsWords } from './approval-words.ts';
import { button, section } from './blocks.ts';
import { codeChangesTold } from './code-changes.ts';
import { hasColours } from './colours.ts';
import { isAborting, newVersion, placeOf, previousVersion, who } from './deployment-words.ts';
import { escaped, moment, quoted, roughly, whyWords, withMoments } from './text.ts';
import { whoIsAffected } from './who-is-affected.ts';

/** Groups and people who are named for one need. */
const MOST_NAMED = 5;
/** Differences that are told; the plan itself shows the rest. */
const MOST_CHANGES = 6;
/** Characters of why its time needs consent. */
const MOST_WHY = 300;
/** Characters of why somebody voted or consented. */
const MOST_REASON = 300;
/** Seconds each step is expected to take, by step id. */
type Expected = Record<string, number>;

/** What approving it means, who must and who has, while that is open; afterwards who let it go. */
export function approvalBlocks(
  deployment: Deployment,
  { title, people, expected }: { title: string; people: PeoplePolicy; expected: Expected },
): KnownBlock[] {
  const { approval, phase } = deployment;
  if (isAborting(deployment)) return [];
  if (approval === undefined || phase.kind !== 'awaiting-approval') return letGo(deployment);
  return [
    section(whatItMeans(deployment, title, expected).join('\n')),
    section(approvalLines(deployment, people).join('\n')),
  ];
}

/** What approving it takes, a line each; in markup. */
export function approvalLines(deployment: Deployment, people: PeoplePolicy): string[] {
  const { approval } = deployment;
  if (approval === undefined) return [];
  const voted = new Set(approval.votes.map(({ voter }) => `<@${voter}>`));
  return [
    `:ballot_box_with_ballot: *Needs the approval of ${needsWords(approval.needs)}* by ${moment(approval.deadline)}, or it does not start.`,
    ...pusherUnknown(deployment),
    ...changesTold(approval),
    ...approval.votes.map(voteTold),
    ...consentTold(deployment.consent),
    ...openNeeds(approval.needs, approval.votes).map((need) => {
      const askable = askableFor(need, approval, deployment, people).filter((one) => !voted.has(one));
      return `• Still missing: ${needsWords([need])}${orAsk(askable)}`;
    }),
    ...consentMissing(deployment, people),
  ];
}

/** Why it takes one more than policy says. */
function pusherUnknown(deployment: Deployment): string[] {
  if (!isPusherUnknown(deployment)) return [];
  return [
    '• That is one more than usual, since Forge cannot tell which of you pushed it on GitHub: that person may be among those who vote.',
  ];
}

function orAsk(people: readonly string[]): string {
  return people.length === 0 ? '' : `; ask ${people.slice(0, MOST_NAMED).join(' or ')}`;
}

/** Its time needs consent besides; the reason is a sentence of its own. */
function consentMissing(deployment: Deployment, people: PeoplePolicy): string[] {
  const why = consentWanted(deployment);
  if (why === undefined) return [];
  const ask = orAsk(askableToConsent(deployment, people));
  return [`• Still missing: consent to its time${ask}. ${whyWords(why, MOST_WHY)}`];
}

/** Who approved it and who consented to its time. A rejection is told with its reason, as what ended it. */
function letGo({ approval, consent }: Deployment): KnownBlock[] {
  const approvals = (approval?.votes ?? []).filter(({ verdict }) => verdict === 'approve');
  const lines = [...approvals.map(voteTold), ...consentTold(consent)];
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

function consentTold(consent: Deployment['consent']): string[] {
  if (consent === undefined) return [];
  return [`• ${who(consent.by)} consented to its time, ${moment(consent.at)}${reasonTold(consent)}`];
}

function voteTold({ voter, verdict, at, why }: Vote): string {
  return `• <@${voter}> ${verdict === 'approve' ? 'approved' : 'rejected'} it, ${moment(at)}${reasonTold({ why })}`;
}

function reasonTold({ why = '' }: { why?: string | undefined }): string {
  return why.trim() === '' ? '' : `: ${quoted(why, MOST_REASON)}`;
}

function changesTold({ changes, round }: ApprovalState): string[] {
  if (round === 1) return [];
  const told = changes.slice(0, MOST_CHANGES).map((one) => `\n• ${withMoments(quoted(one, 300))}`);
  return [
    `*Something has changed, so earlier votes do not count any more:*${told.join('')}`,
    '*Where it stands now:*',
  ];
}

/** To approve or reject what is shown; they carry what that is. */
export function voteButtons(deployment: Deployment, title: string): Button[] {
  const { approval, number, phase, startAt } = deployment;
  if (approval === undefined || phase.kind !== 'awaiting-approval') return [];
  const value = votedOn(number, approval);
  const version = newVersion(deployment);
  const place = placeOf(deployment, title);
  return [
    button({
      ...{ command: 'approve', text: 'Approve', value, style: 'primary' },
      confirm: {
        title: `Approve #${number}?`,
        text: `${version} replaces ${previousVersion(deployment)} on ${place} ${startAt === undefined ? 'as soon as everybody who must has approved it' : 'at its time, once everybody who must has approved it'}. Everybody sees that you approved it.`,
        yes: 'Approve',
        no: 'Not yet',
      },
    }),
    button({ command: 'reject', text: 'Reject…', value }),
  ];
}

/** What a vote is about. */
export function votedOn(deployment: number, { round, digest }: ApprovalState) {
  return { deployment, round, digest };
}

/** Whose vote counts: `everyone`, or those named. */
export function mayVote({ approval, ...place }: Deployment, people: PeoplePolicy): 'everyone' | Subject[] {
  const needs = approval?.needs ?? [];
  if (needs.some(({ from }) => isEverybodyOf(from, place, people))) return 'everyone';
  const all = needs.flatMap(({ from }) => everyOf(from, place, people));
  return [...new Set(all)].filter((one) => approval?.excluded.includes(one) !== true);
}

/** What goes out, in plain words, a paragraph each; in markup. */
export function goesOut(deployment: Deployment, title: string): string[] {
  const { plan, requestedBy } = deployment;
  const regions = Object.keys(plan.from).map(escaped).join(', then ');
  return [
    `*${escaped(newVersion(deployment))}* replaces *${escaped(previousVersion(deployment))}* on *${escaped(placeOf(deployment, title))}*, by ${escaped(plan.strategy)}, in ${regions}.`,
    `Asked by ${who(requestedBy)}, ${moment(deployment.requestedAt)}.`,
    ...whatItMeans(deployment, title, expectedSeconds(plan, undefined)),
  ];
}

/** How long it takes, whom it reaches, how it is undone, and what is different in the code. */
function whatItMeans(deployment: Deployment, title: string, expected: Expected): string[] {
  if (deployment.plan.steps.length === 0) return codeChangesTold(deployment);
  return [
    ...(deployment.startedAt === undefined ? [howLong(deployment, expected)] : []),
    whoIsAffected(deployment, title),
    canBeUndone(deployment, expected),
    ...codeChangesTold(deployment),
  ];
}

/** Of machine time; how long people take nobody knows. */
function howLong({ plan, startAt }: Deployment, expected: Expected): string {
  const seconds = plan.steps.reduce((sum, { id }) => sum + (expected[id] ?? 0), 0);
  if (startAt === undefined) return `Once it starts, it takes ${roughly(seconds)} of machine time.`;
  const end = startAt + seconds * 1000;
  return `It is scheduled: it starts ${moment(startAt)}, takes ${roughly(seconds)} of machine time and is done about ${moment(end)}.`;
}

function canBeUndone(deployment: Deployment, expected: Expected): string {
  const { plan } = deployment;
  const before = escaped(previousVersion(deployment));
  const slowly = roughly(secondsToUndo(plan, expected));
  return hasColours(deployment)
    ? `It can be undone: all traffic is back on ${before} within seconds as long as that is kept warm, afterwards in ${slowly}.`
    : `It can be undone: putting ${before} back takes ${slowly}.`;
}

import type { CheckPolicy, PlannedCheck } from './check.ts';
import type { CheckState, Deployment } from './deployment.ts';
import { isOfImage, plannedCheck } from './policy-checks.ts';

/** What is to be done about the checks of a deployment that has not begun. Times in milliseconds since the epoch. */
export type ChecksStanding =
  /** Nothing. `stale`: one that passed so long ago that it is looked at again right before the start. */
  | { kind: 'cleared'; stale: Looked | null }
  /** The policy asks for others than people were told of. */
  | { kind: 'to-plan'; checks: PlannedCheck[] }
  | { kind: 'to-start'; name: string }
  | ({ kind: 'to-look' } & Looked)
  /** One did not pass: a person does something about it until the deadline. */
  | { kind: 'blocked'; deadline: number; remindAt: number | null }
  | { kind: 'over'; reason: string };

/** One look at a check is about this. `within` in milliseconds. */
export type Looked = { name: string; of: string; startedAt: number; within: number };

/** What may be otherwise after so long is looked at again before the start, where that takes but a moment. Milliseconds. */
export const RECHECK_AFTER = 10 * 60_000;

/**
 * `policy`: what is asked for now. `isImageThere`: those about the image wait for it. The first that has not passed
 * decides: nothing after it is looked at.
 */
export function checksStanding(
  { checkStates }: Pick<Deployment, 'checkStates'>,
  { policy, isImageThere, now }: { policy: readonly CheckPolicy[]; isImageThere: boolean; now: number },
): ChecksStanding {
  const checks = policy.map(plannedCheck);
  const pairs = pairsOf(policy, checkStates);
  const isSame = pairs.length === policy.length && policy.length === checkStates.length;
  if (!isSame) return { kind: 'to-plan', checks };
  const due = pairs.filter(({ check }) => isImageThere || !isOfImage(check.kind));
  for (const { check, within } of due) {
    const standing = standingOf(check, { within, now });
    if (standing !== undefined) return standing;
  }
  return {
    kind: 'cleared',
    stale: due.flatMap(({ check, within }) => staleOf(check, { within, now }))[0] ?? null,
  };
}

/** What has been begun of what is asked for, in its order, as long as it is the same. */
function pairsOf(
  policy: readonly CheckPolicy[],
  states: readonly CheckState[],
): { check: CheckState; within: number }[] {
  return policy.flatMap((asked, index) => {
    const { name, of } = plannedCheck(asked);
    const check = states[index];
    return check?.name === name && check.of === of ? [{ check, within: asked.within }] : [];
  });
}

type Times = { within: number; now: number };

/** Undefined: it keeps nothing from going on. */
function standingOf(check: CheckState, { within, now }: Times): ChecksStanding | undefined {
  const { name, of } = check;
  switch (check.state) {
    case 'to-do':
      return { kind: 'to-start', name };
    case 'running':
      return { kind: 'to-look', name, of, startedAt: check.startedAt, within };
    case 'failed':
    case 'unknown':
      return now >= check.deadline
        ? { kind: 'over', reason: unanswered(`“${name}” did not pass`) }
        : { kind: 'blocked', ...timesOf(check) };
    case 'passed':
    case 'overridden':
    case 'ticked':
      return undefined;
  }
}

/** How people are told that nothing was done about what failed. `what`: as a sentence without its full stop. */
export function unanswered(what: string): string {
  return `${what}, and nobody did anything about it in time. Nothing was changed; deploy again when the cause is mended.`;
}

/** A command takes long and a box is a person's word: both stay as they are. */
function staleOf(check: CheckState, { within, now }: Times): Looked[] {
  const { name, of, kind } = check;
  if (check.state !== 'passed' || kind === 'command' || kind === 'box') return [];
  return now - check.endedAt > RECHECK_AFTER ? [{ name, of, startedAt: check.startedAt, within }] : [];
}

/** Half of the time is over when people are reminded, once. */
export function timesOf({
  deadline,
  endedAt,
  remindedAt,
}: {
  deadline: number;
  endedAt: number;
  remindedAt?: number;
}): { deadline: number; remindAt: number | null } {
  return { deadline, remindAt: remindedAt === undefined ? Math.round((endedAt + deadline) / 2) : null };
}

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
  if (!isSame(checks, checkStates)) return { kind: 'to-plan', checks };
  const within = (name: string) => policy.find((check) => check.name === name)?.within ?? 0;
  const due = isImageThere ? checkStates : checkStates.filter(({ kind }) => !isOfImage(kind));
  for (const check of due) {
    const standing = standingOf(check, { within: within(check.name), now });
    if (standing !== undefined) return standing;
  }
  return {
    kind: 'cleared',
    stale: due.flatMap((check) => staleOf(check, { within: within(check.name), now }))[0] ?? null,
  };
}

function isSame(checks: readonly PlannedCheck[], states: readonly CheckState[]): boolean {
  return (
    checks.length === states.length &&
    checks.every(({ name, of }, index) => {
      const state = states[index];
      return state?.name === name && state.of === of;
    })
  );
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

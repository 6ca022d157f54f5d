import type { Task } from '@aws-sdk/client-ecs';
import type { Clock } from '../../ports/clock.ts';
import { PlatformUnavailable } from '../../ports/platform.ts';
import { described, type Place, SHOWN_WITHIN } from './known-tasks.ts';
import { CHECK } from './scripts.ts';

/** AWS may be silent for so long. Milliseconds, as all of these. */
const MOST_SILENCE = 5 * 60_000;
/** To find a place, to pull the image and to fetch the code. */
const BEGUN_WITHIN = 15 * 60_000;
/** For what is around the commands, which end by themselves in time. */
const SPARE = 2 * 60_000;

export type Followed =
  | { kind: 'stopped'; task: Task }
  /** `hasBegun`: the container of the command ran. */
  | { kind: 'late'; hasBegun: boolean }
  /** Nobody can tell any more: a sentence that says why. */
  | { kind: 'lost'; reason: string };

/** Looks at a task until it has stopped. `within`: of all its commands together. */
export async function followTask(
  { arn, within }: { arn: string; within: number },
  place: Place,
  { clock, pollMs, signal }: { clock: Clock; pollMs: number; signal: AbortSignal },
): Promise<Followed> {
  const since = clock.now();
  let answeredAt = since;
  let hasBegun = false;
  for (;;) {
    const seen = await seenOf(arn, place, signal);
    const now = clock.now();
    if (seen.kind === 'silent' && now - answeredAt > MOST_SILENCE)
      return { kind: 'lost', reason: seen.reason };
    if (seen.kind === 'unknown' && now - since > SHOWN_WITHIN)
      return { kind: 'lost', reason: 'AWS does not know its task any more.' };
    if (seen.kind !== 'silent') answeredAt = now;
    if (seen.kind === 'task') {
      if (seen.task.lastStatus === 'STOPPED') return { kind: 'stopped', task: seen.task };
      hasBegun ||= isRunning(seen.task);
    }
    if (now - since > BEGUN_WITHIN + (hasBegun ? within + SPARE : 0)) return { kind: 'late', hasBegun };
    await clock.sleep(pollMs, signal);
  }
}

type Seen = { kind: 'task'; task: Task } | { kind: 'unknown' } | { kind: 'silent'; reason: string };

async function seenOf(arn: string, place: Place, signal: AbortSignal): Promise<Seen> {
  try {
    const [task] = await described([arn], place, signal);
    return task === undefined ? { kind: 'unknown' } : { kind: 'task', task };
  } catch (error) {
    if (!(error instanceof PlatformUnavailable)) throw error;
    return { kind: 'silent', reason: error.message };
  }
}

function isRunning({ containers }: Task): boolean {
  return containers?.some(({ name, lastStatus }) => name === CHECK && lastStatus === 'RUNNING') === true;
}

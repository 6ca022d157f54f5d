import { type CodeChanges, codeChangesOf, comparedIn } from '../../src/domain/code-changes.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { messageOf } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Plan } from '../../src/domain/plan.ts';
import {
  areChangesReadable,
  readCodeChanges,
  unknownChanges,
} from '../../src/use-cases/read-code-changes.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import type { Context, Round } from './round.ts';

/** Whoever is asked waits for it so long at most. Milliseconds. */
const WITHIN = 10_000;

/** What is known of the code that would go out: `of` as `comparedIn`; `read`: the same of what was read, null where nothing could be. */
export type ChangesSeen = { of: string; read: string | null };

/** Absent: nobody can be asked. A rollback is not held up by it. */
export function changesSeen(
  state: Deployment,
  reached: Pick<World, 'codeHost' | 'policy'>,
): { changes?: ChangesSeen } {
  if (state.undoes !== undefined || !areChangesReadable(state, reached)) return {};
  const of = comparedIn(state.plan);
  return { changes: { of, read: codeChangesOf(state)?.kind === 'known' ? of : null } };
}

/**
 * What is different in the code, to be told before people are asked; `planned`: what they will be asked about, absent where that is as
 * it was. Nothing where that is known, or is no news. It holds nobody up: what cannot be read is told as such.
 */
export async function seeChanges(
  context: Context,
  { name, situation: { changes } }: Round,
  planned: Plan | undefined,
  world: World,
): Promise<DeploymentEvent[]> {
  if (changes === undefined) return [];
  const of = planned === undefined ? changes.of : comparedIn(planned);
  if (changes.read === of) return [];
  const { deployment: number } = context.input;
  const found = await context.operation<CodeChanges | null>(
    name('see what is different in the code'),
    async ({ signal }) => {
      const state = await requireState(number, world.store);
      const asked = planned === undefined ? state : { ...state, plan: planned };
      const read = await readInTime(asked, world, signal);
      return isToldAlready(asked, read) ? null : read;
    },
  );
  return found === null ? [] : [{ type: 'changes-read', changes: found }];
}

/** That nobody can tell is told once. */
function isToldAlready(asked: Deployment, read: CodeChanges): boolean {
  const known = codeChangesOf(asked);
  return read.kind === 'unknown' && known?.kind === 'unknown' && known.says === read.says;
}

async function readInTime(asked: Deployment, world: World, signal: AbortSignal): Promise<CodeChanges> {
  const late = new AbortController();
  const timer = new AbortController();
  world.clock.sleep(WITHIN, timer.signal).then(
    () => late.abort(),
    () => undefined,
  );
  try {
    return await readCodeChanges(asked, world, { signal: AbortSignal.any([signal, late.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    const says = late.signal.aborted
      ? 'GitHub does not answer just now.'
      : `Forge could not read it: ${messageOf(error)}.`;
    return unknownChanges(asked.plan, says);
  } finally {
    timer.abort();
  }
}

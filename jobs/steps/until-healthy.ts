import type { Place } from '../../src/domain/release.ts';
import { ofTasks } from '../../src/domain/tasks.ts';
import type { Health } from '../../src/ports/platform.ts';
import { watchHealth } from '../watch-health.ts';
import { ServiceReplaced, StepFailed, type StepRun } from './step-run.ts';

/** Waits until `revision` alone serves the target; throws `StepFailed` when it cannot or takes longer than it may. Returns a detail for people. */
export async function untilHealthy(
  run: StepRun,
  request: { on: Place; revision: string; withinSeconds: number },
): Promise<string> {
  const { context, target } = run;
  const { on, revision, withinSeconds } = request;
  const began = await context.now();
  let known: Health | undefined;
  for (let look = 1; ; look += 1) {
    const request = { target, on, revision, known };
    const seen = await run.settled(`look ${look}`, (world, signal) => watchHealth(request, world, signal));
    const { health } = seen;
    if (health.kind === 'healthy') return health.detail;
    if (health.kind === 'replaced') throw new ServiceReplaced(health.reason);
    if (health.kind === 'failed') throw new StepFailed(health.reason);
    // While people were asked, nobody could know how far it was.
    const since = Math.max(began, run.resumedAt);
    if (seen.at - since > withinSeconds * 1000) throw new StepFailed(tooLate(health, withinSeconds));
    const { healthy, of, note } = health;
    await run.progress(`progress ${look}`, { done: healthy, of, ...(note === undefined ? {} : { note }) });
    known = health;
  }
}

function tooLate(health: Extract<Health, { kind: 'starting' }>, withinSeconds: number): string {
  const minutes =
    withinSeconds < 120 ? `${withinSeconds} seconds` : `${Math.round(withinSeconds / 60)} minutes`;
  const note = health.note === undefined ? '' : ` Last seen: ${health.note}`;
  return `only ${ofTasks(health.healthy, health.of)} ${health.of === 1 ? 'was' : 'were'} healthy after ${minutes}.${note}`;
}

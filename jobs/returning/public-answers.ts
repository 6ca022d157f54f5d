import { counted } from '../../src/domain/gates/words.ts';
import type { Step } from '../../src/domain/plan.ts';
import type { JobContext } from '../engine/engine.ts';
import { firstFailure } from '../first-failure.ts';
import type { World } from '../world.ts';

type Smoke = Extract<Step, { kind: 'smoke' }>;

export type PublicAnswers =
  | { kind: 'passed'; inARow: number; at: number }
  | { kind: 'failed'; reason: string; at: number };

/**
 * Asks the public address until it has answered as expected so many times in a row. An answer of the release that lost its
 * traffic is no failure: a load balancer takes some seconds until all of it knows.
 */
export function publicAnswers(
  context: JobContext,
  { name, smoke }: { name: string; smoke: Smoke },
  world: World,
): Promise<PublicAnswers> {
  return context.operation(name, ({ signal }) => untilInARow(smoke, world, signal));
}

/** `the public address answered as v1.0.0 3 times in a row`, where the tests ask for the version; else it was as expected. */
export function answersTold({ tests }: Pick<Smoke, 'tests'>, version: string, inARow: number): string {
  const isAsked = tests.some(({ contains }) => contains?.includes(version));
  return `the public address answered as ${isAsked ? version : 'expected'} ${counted(inARow, 'time')} in a row`;
}

async function untilInARow(smoke: Smoke, world: World, signal: AbortSignal): Promise<PublicAnswers> {
  const { clock, policy } = world;
  const until = clock.now() + smoke.withinSeconds * 1000;
  let passes = 0;
  for (;;) {
    const reason = await firstFailure(smoke, world, signal);
    passes = reason === undefined ? passes + 1 : 0;
    const at = clock.now();
    if (reason === undefined && passes >= smoke.timesInARow) return { kind: 'passed', inARow: passes, at };
    if (at >= until) {
      return { kind: 'failed', reason: reason ?? `not ${counted(smoke.timesInARow, 'time')} in a row`, at };
    }
    await clock.sleep(Math.min(reason === undefined ? 100 : 1000, policy.timing.poll), signal);
  }
}

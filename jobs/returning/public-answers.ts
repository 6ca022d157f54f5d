import type { Step } from '../../src/domain/plan.ts';
import type { JobContext } from '../engine/engine.ts';
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

async function untilInARow(
  smoke: Smoke,
  { clock, policy, smokeProbe }: World,
  signal: AbortSignal,
): Promise<PublicAnswers> {
  const until = clock.now() + smoke.withinSeconds * 1000;
  let passes = 0;
  for (;;) {
    const reason = await firstFailure(smoke, smokeProbe, signal);
    passes = reason === undefined ? passes + 1 : 0;
    const at = clock.now();
    if (reason === undefined && passes >= smoke.timesInARow) return { kind: 'passed', inARow: passes, at };
    if (at >= until) {
      return { kind: 'failed', reason: reason ?? `not ${smoke.timesInARow} times in a row`, at };
    }
    await clock.sleep(Math.min(reason === undefined ? 100 : 1000, policy.timing.poll), signal);
  }
}

async function firstFailure(
  { url, tests }: Smoke,
  smokeProbe: World['smokeProbe'],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const test of tests) {
    const result = await smokeProbe({ url, test }, { signal });
    if (result.kind === 'failed') return result.reason;
  }
  return undefined;
}

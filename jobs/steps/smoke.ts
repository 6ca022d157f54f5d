import type { SmokeTest, Step } from '../../src/domain/plan.ts';
import type { World } from '../world.ts';
import { StepFailed, type StepRun } from './step-run.ts';

type Smoke = Extract<Step, { kind: 'smoke' }>;
type Judgement = { kind: 'passed'; requests: number } | { kind: 'failed'; reason: string };

/** Tries the service out until every test has passed several times in a row, or has failed as many times in a row. */
export async function smokeStep(step: Smoke, run: StepRun): Promise<string> {
  const judgement = await run.context.operation<Judgement>(`${step.id}: try out`, ({ signal }) =>
    judge(step, run.world, signal),
  );
  if (judgement.kind === 'failed') throw new StepFailed(judgement.reason);
  return `${judgement.requests} requests answered as expected`;
}

async function judge(step: Smoke, world: World, signal: AbortSignal): Promise<Judgement> {
  const { clock, policy } = world;
  const until = clock.now() + step.withinSeconds * 1000;
  let passes = 0;
  let failures = 0;
  for (let requests = step.tests.length; ; requests += step.tests.length) {
    const reason = await firstFailure(step.url, step.tests, world, signal);
    passes = reason === undefined ? passes + 1 : 0;
    failures = reason === undefined ? 0 : failures + 1;
    if (reason === undefined && passes >= step.timesInARow) return { kind: 'passed', requests };
    if (reason !== undefined && failures >= step.timesInARow) return { kind: 'failed', reason };
    if (clock.now() > until) {
      return {
        kind: 'failed',
        reason: reason ?? `it did not pass ${step.timesInARow} times in a row in time`,
      };
    }
    await clock.sleep(Math.min(1000, policy.timing.poll), signal);
  }
}

async function firstFailure(
  url: string,
  tests: readonly SmokeTest[],
  { smokeProbe }: World,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const test of tests) {
    const result = await smokeProbe({ url, test }, { signal });
    if (result.kind === 'failed') return result.reason;
  }
  return undefined;
}

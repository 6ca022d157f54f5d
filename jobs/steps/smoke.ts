import { counted } from '../../src/domain/gates/words.ts';
import type { Step } from '../../src/domain/plan.ts';
import { firstFailure } from '../first-failure.ts';
import { answersTold, publicAnswers } from '../returning/public-answers.ts';
import type { World } from '../world.ts';
import { StepFailed, type StepRun } from './step-run.ts';

type Smoke = Extract<Step, { kind: 'smoke' }>;
type Judgement = { kind: 'passed'; requests: number } | { kind: 'failed'; reason: string };

/** Tries the service out until every test has passed several times in a row, or has failed as many times in a row. */
export async function smokeStep(step: Smoke, run: StepRun): Promise<string> {
  if (isAfterReturn(step, run)) return smokeAfterReturn(step, run);
  const judgement = await run.context.operation<Judgement>(`${step.id}: try out`, ({ signal }) =>
    judge(step, run.world, signal),
  );
  if (judgement.kind === 'failed') throw new StepFailed(judgement.reason);
  return `${counted(judgement.requests, 'request')} answered as expected`;
}

function isAfterReturn({ region, through }: Smoke, { plan }: StepRun): boolean {
  return through === 'public' && plan.steps.some((each) => each.kind === 'return' && each.region === region);
}

/** Until all of the load balancer knows, the release that lost its traffic still answers: no failure of the one that is back. */
async function smokeAfterReturn(smoke: Smoke, { context, world, release }: StepRun): Promise<string> {
  const answers = await publicAnswers(context, { name: `${smoke.id}: try out`, smoke }, world);
  if (answers.kind === 'failed') throw new StepFailed(answers.reason);
  return answersTold(smoke, release.version, answers.inARow);
}

async function judge(step: Smoke, world: World, signal: AbortSignal): Promise<Judgement> {
  const { clock, policy } = world;
  const until = clock.now() + step.withinSeconds * 1000;
  const knownEverywhereAt = clock.now() + (step.preview === undefined ? 0 : policy.timing.settle);
  let passes = 0;
  let failures = 0;
  for (;;) {
    const reason = await firstFailure(step, world, signal);
    passes = reason === undefined ? passes + 1 : 0;
    failures = reason === undefined ? 0 : failures + 1;
    if (reason === undefined && passes >= step.timesInARow) {
      return { kind: 'passed', requests: passes * step.tests.length };
    }
    // Until then a node of the load balancer may not know the new targets yet, and answers 503 for a good release.
    const isToBlame = failures >= step.timesInARow && clock.now() >= knownEverywhereAt;
    if (reason !== undefined && isToBlame) return { kind: 'failed', reason };
    if (clock.now() > until) {
      return {
        kind: 'failed',
        reason: reason ?? `it did not pass ${counted(step.timesInARow, 'time')} in a row in time`,
      };
    }
    await clock.sleep(Math.min(1000, policy.timing.poll), signal);
  }
}

import type { Step } from '../../src/domain/plan.ts';
import { watchReturned } from '../returning/watch-returned.ts';
import type { StepRun } from './step-run.ts';

/** Watches the colour that traffic returned to; what is wrong with it is said, for there is none left to go to. */
export async function watchStep(step: Extract<Step, { kind: 'watch' }>, run: StepRun): Promise<string> {
  const { context, world, deployment, target, release, plan, tell, progress, record } = run;
  const { id, on, seconds } = step;
  const back = plan.steps.find(
    (other) => other.kind === 'return' && other.region === target.region && other.to === on,
  );
  const needs = back?.kind === 'return' ? back.needs : 1;
  return watchReturned(
    context,
    {
      ...{ deployment, target, to: on, needs, seconds, tell, progress },
      desired: Math.max(needs, plan.from[target.region]?.desired ?? needs),
      revision: back?.kind === 'return' ? back.revision : '',
      version: release.version,
      digest: release.digests[target.region] ?? null,
      prefix: `${id}: `,
      gates: async (name, gates) => {
        const { region } = target;
        await record(name, [{ type: 'gates-read', region, step: id, gates }]);
      },
    },
    world,
  );
}

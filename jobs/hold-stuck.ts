import type { Deployment } from '../src/domain/deployment.ts';
import type { Change } from '../src/ports/store.ts';
import { byReconcile } from './by-reconcile.ts';
import type { RunView } from './engine/engine.ts';
import { runId } from './runs-of.ts';
import { whatBefell } from './what-befell.ts';
import type { World } from './world.ts';

/**
 * Asks people about a deployment whose run is stuck. Nothing is wrong with its release, so nothing is put back yet: a
 * person knows whether it is to go on, in a run of its own, from what is true then.
 */
export function holdStuck(
  deployment: Deployment,
  runs: readonly RunView[],
  { clock, policy }: Pick<World, 'clock' | 'policy'>,
): Change[] {
  const { number, version, plan } = deployment;
  const last = runs.at(-1);
  const error = last?.error ?? 'It does not say why.';
  const before = Object.values(plan.from)[0]?.version ?? 'what was live before';
  return [
    {
      kind: 'append',
      deployment: number,
      expect: version,
      ...byReconcile(deployment),
      events: [
        {
          type: 'held',
          question: `${whatBefell(error)} and cannot go on by itself.`,
          resumeMeans: `Resume looks at what is there now and goes on with ${plan.to.version}; what is done is not done again.`,
          abortMeans: `Abort puts ${before} back.`,
          detail: `Run ${last?.id ?? number} is stuck. ${error}`,
          deadline: clock.now() + policy.timing.questionWithin,
          via: { kind: 'new-run', run: runId('deploy', number, runs.length + 1) },
        },
      ],
    },
  ];
}

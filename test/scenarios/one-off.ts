import { endDeployment } from '../../jobs/end-deployment.ts';
import type { Engine, JobContext } from '../../jobs/engine/engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { putBack } from '../../jobs/put-back.ts';
import { StepFailed } from '../../jobs/steps/step-run.ts';
import { type EffectQuestion, unrepeatable } from '../../jobs/unrepeatable.ts';
import type { World } from '../../jobs/world.ts';

type Input = { deployment: number; service: string; environment: string };

/** Something that is no desired state: twice is wrong. May never come back. */
export type OneOff = (deployment: number) => Promise<void>;

/** Forge's jobs, where a deployment does one thing that must not be done twice. */
export function withOneOff(oneOff: OneOff, otherwise: EffectQuestion['otherwise'] = 'abort') {
  return (engine: Engine, world: World): void => {
    defineJobs(engine, world);
    // The newest version of a job is what a run begins with.
    engine.define('deploy', 2, job(oneOff, otherwise, world));
  };
}

/** The same beside jobs that are defined already. */
export function addOneOff(oneOff: OneOff, otherwise: EffectQuestion['otherwise'] = 'abort') {
  return (engine: Engine, world: World): void => engine.define('deploy', 2, job(oneOff, otherwise, world));
}

function job(oneOff: OneOff, otherwise: EffectQuestion['otherwise'], world: World) {
  return async (context: JobContext<Input>): Promise<undefined> => {
    const { deployment } = context.input;
    try {
      const question: EffectQuestion = {
        ...{ deployment, otherwise },
        question:
          'Forge ended while it migrated the database of <checkout>, and nobody knows whether it did.',
        againMeans: 'Do it again runs the migration once more.',
        doneMeans: 'It happened goes on without it.',
        abortMeans: 'Abort leaves v1.0.0 live.',
      };
      const body = async () => {
        await oneOff(deployment);
        return undefined;
      };
      await unrepeatable(context, { name: 'migrate', question, body }, world);
      await endDeployment(context, deployment, { type: 'succeeded' }, world.store);
    } catch (error) {
      const because = error instanceof StepFailed ? 'failure' : 'abort';
      const reason = error instanceof Error ? error.message : '';
      await context.shield(() => putBack(context, { deployment, because, reason }, world));
    }
    return undefined;
  };
}

import { Fault } from '../../../sandbox/faults.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { waitUntil } from '../faults/wait-until.ts';
import type { Environment } from './deploy-world.ts';
import { type Arranged, type Journey, otherVersion } from './journey.ts';
import type { Settings } from './policy-text.ts';
import { ask, insist, liveVersion, type Stage, type, until, untilEnded } from './stage.ts';

/** Deploys until the weight has been given and people see that it bakes; of a rolling one until tasks are started. */
async function halfway(stage: Stage, weight?: number): Promise<Arranged> {
  const before = await liveVersion(stage);
  const number = await ask(stage, weight === undefined ? 'v1.2.1-hang' : otherVersion(before));
  await until(stage, number, {
    what: 'halfway',
    isSo: (state) => (weight === undefined ? isStarting(state) : isBaking(state, weight)),
  });
  // The load balancer says at once what it was told; what it does follows a moment later, and that is what is judged.
  if (weight !== undefined) {
    const green = await percentForGreen(stage, number, weight);
    const isApplied = await waitUntil(() => isEverywhere(stage, green) || undefined, 20_000);
    if (isApplied === undefined) stage.found.push(`the load balancer never came to ${weight} %`);
  }
  return { number, before };
}

/** What the weight of the new release is for green. */
async function percentForGreen({ world }: Stage, number: number, weight: number): Promise<number> {
  const steps = (await world.store.deployment(number))?.plan.steps ?? [];
  return steps.some((step) => step.kind === 'shift' && step.to === 'green') ? weight : 100 - weight;
}

function isEverywhere({ world }: Stage, percent: number): boolean {
  return [...world.traffic.moves().values()].every((green) => green.at(-1) === percent);
}

function isStarting({ steps }: Deployment): boolean {
  return Object.values(steps).some((step) => step.kind === 'running' && step.progress !== undefined);
}

function isBaking({ steps }: Deployment, weight: number): boolean {
  return Object.entries(steps).some(([id, { kind }]) => id.endsWith(`/bake-${weight}`) && kind === 'running');
}

export function aborting(
  name: string,
  environment: Environment,
  settings: Settings,
  weight?: number,
): Journey {
  return {
    name: `${name}: abort`,
    ...{ environment, settings },
    arrange: (stage) => halfway(stage, weight),
    async act(stage, { number, before }) {
      await abort(stage, number);
      await untilEnded(stage, number);
      return {
        ...{ number, phase: 'aborted', live: before },
        ...(weight === undefined ? {} : { weights: [[weight, 0]] }),
        ...{ rollouts: environment === 'staging' ? 1 : 2, revisions: 1, standby: 'none' },
      };
    },
  };
}

async function abort(stage: Stage, number: number): Promise<void> {
  await insist(stage, {
    what: 'abort',
    act: () => type(stage, `abort #${number}`),
    hasCome: async () => (await stage.world.store.deployment(number))?.abortRequestedBy !== undefined,
  });
}

/** Every page of the new release fails from then on: nobody asks for its end. */
export function goingBad(settings: Settings): Journey {
  return {
    name: 'canary: goes bad',
    ...{ environment: 'production', settings },
    arrange: (stage) => halfway(stage, 50),
    async act(stage, { number, before }) {
      const place = { service: 'api', environment: 'production', version: otherVersion(before) };
      stage.world.aws.behave({ ...place, errorPercent: 100 });
      await untilEnded(stage, number);
      stage.world.aws.behave({ ...place, errorPercent: null });
      return {
        ...{ number, phase: 'rolled-back', live: before, weights: [[50, 0]] },
        ...{ rollouts: 2, revisions: 1, standby: 'none' },
      };
    },
  };
}

const FOR_EVER = 1_000_000;

/** AWS takes no new weights for a while: people are called, and it ends right when AWS answers again. */
export function unreachable(settings: Settings): Journey {
  return {
    name: 'canary: abort while AWS is unreachable',
    ...{ environment: 'production', settings },
    arrange: (stage) => halfway(stage, 50),
    async act(stage, { number, before }) {
      const { world, channel } = stage;
      const place = { service: 'elasticloadbalancing', operation: '*' };
      world.faults.set([Fault.parse({ ...place, times: FOR_EVER, kind: 'error' })]);
      await abort(stage, number);
      await until(stage, number, {
        what: 'blocked',
        isSo: ({ restores }) => Object.values(restores).some(({ kind }) => kind === 'blocked'),
      });
      const isShouted = () =>
        world.slack.messages(channel, 'U0DANA').some(({ text }) => text.includes('S0ONCALL'));
      if ((await waitUntil(() => isShouted() || undefined, 20_000)) === undefined) {
        stage.found.push('the rollback is blocked, and nobody on call was told');
      }
      world.faults.set([]);
      await untilEnded(stage, number);
      return {
        ...{ number, phase: 'aborted', live: before, weights: [[50, 0]] },
        ...{ rollouts: 2, revisions: 1, standby: 'none' },
      };
    },
  };
}

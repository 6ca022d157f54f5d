import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy, ShiftStep } from '../../src/domain/policy.ts';
import type { Colour } from '../../src/domain/release.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { aGatePolicy, anEnvironmentPolicy, aPolicy } from '../builders.ts';
import { aColouredRun, aColouredService } from '../colour-builders.ts';
import { quickly } from './coloured-shop.ts';
import { createForgeWorld, person } from './forge-world.ts';
import { america, europe, releaseOf, targetIn } from './shop.ts';

export const inAmerica = targetIn(anEnvironmentPolicy(), america);
export const inEurope = targetIn(anEnvironmentPolicy(), europe);
export const allBlue = { blue: 100, green: 0 };
export const allGreen = { blue: 0, green: 100 };

type Options = {
  regions?: readonly string[];
  steps?: ShiftStep[];
  /** Default: by canary. */
  strategy?: 'canary' | 'blue-green';
  /** When deployments may begin; default: at any time. */
  windows?: WindowPolicy;
  /** Default: there is one. */
  deadMan?: 'off';
  /** Milliseconds. */
  standby?: number;
  /** Tasks of the live colour. */
  desired?: number;
  /** How long traffic is watched after it returned. Milliseconds. */
  watch?: number;
  /** How long weights take to settle. Milliseconds. */
  settle?: number;
  /** How many listener rules lead to it in each region; default: 1. */
  rules?: number;
};

export type ReturningWorld = ReturnType<typeof createReturningWorld>;

/** A shop in colours whose deployments go through all of Forge; v1.0.0 is live on blue. */
export function createReturningWorld({
  regions = [europe],
  steps = [{ weight: 100, bake: 10_000 }],
  strategy = 'canary',
  windows,
  deadMan,
  standby = 3_600_000,
  desired = 2,
  watch = quickly.watchAfterReturn,
  settle = quickly.settle,
  rules = 1,
}: Options = {}) {
  const service: ServicePolicy = aColouredService(
    {
      runs: {
        production: regions.map((region) => aColouredRun({ region, url: `https://${region}.example` })),
      },
    },
    regions,
  );
  const environment: EnvironmentPolicy = anEnvironmentPolicy({
    regions: [...regions],
    strategy: { kind: strategy, steps },
    ...(windows === undefined ? {} : { windows }),
    standby,
    gates: aGatePolicy({
      evidence: 'smoke',
      pass: {},
      rollBackWhen: { for: 4_000, errors: 0.05 },
    }),
    ...(deadMan === 'off'
      ? {}
      : { deadMan: { after: 30_000, role: 'arn:aws:iam::123456789012:role/forge', otherwise: 'go on' } }),
  });
  const policy: Policy = aPolicy({
    services: [service],
    environments: [environment],
    timing: { ...quickly, watchAfterReturn: watch, settle },
  });
  const world = createForgeWorld({ policy });
  for (const region of regions) giveBlue(region);

  function giveBlue(region: string): void {
    const { commit = '', digests } = releaseOf('v1.0.0');
    world.platform.giveColours(targetIn(environment, region), {
      image: { version: 'v1.0.0', commit, digest: digests[region] ?? '' },
      ...{ desired, rules },
    });
  }

  async function ask(ref: string): Promise<number> {
    const outcome = await requestDeployment({ service, environment, ref }, person(), world.adapters);
    if (outcome.kind === 'requested') return outcome.deployment;
    throw new Error(`The request of ${ref} was ${outcome.kind}`);
  }

  return {
    ...world,
    ...{ service, environment, ask },
    /** Deploys and waits for the end. */
    async deployed(ref: string) {
      return world.ended(await ask(ref));
    },
    /** Waits until the step of deployment `number` is under way. */
    untilStep: (number: number, id: string) =>
      world.until(async () => {
        const state = await world.deployment(number);
        return state.steps[id]?.kind === 'running' && state;
      }),
    /** The newest trouble with putting deployment `number` back that people were told of. */
    told: (number: number) =>
      world.until(async () => {
        const { event } = (await world.store.events(number)).findLast(isTrouble) ?? {};
        return event?.type === 'restore-blocked' && event.reason;
      }),
    splits: () => regions.map((region) => world.platform.splits(targetIn(environment, region))),
    desired: (on: Colour, region = europe) =>
      world.platform.colour(targetIn(environment, region), on).desired,
    /** Calls of the platform since the nth, by name. */
    called: (from: number) => world.platform.calls.slice(from).map(({ method }) => method),
  };
}

function isTrouble({ event }: RecordedEvent): boolean {
  return event.type === 'restore-blocked';
}

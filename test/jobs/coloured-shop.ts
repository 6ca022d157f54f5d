import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import type { EnvironmentPolicy, Policy, Run, ShiftStep, Timing } from '../../src/domain/policy.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { aGatePolicy, anEnvironmentPolicy, aPolicy, aServicePolicy, aTiming } from '../builders.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { europe, releaseOf } from './shop.ts';

/** Ten seconds are a minute. */
export const quickly = aTiming({
  poll: 1_000,
  observe: 5_000,
  startWithin: 60_000,
  smokeWithin: 20_000,
  settle: 2_000,
  probe: 1_000,
  metricPeriod: 2_000,
  metricDelay: 6_000,
  evidenceWithin: 60_000,
  watchAfterReturn: 10_000,
  silence: 10_000,
  questionWithin: 120_000,
});

export const place = { service: 'checkout', environment: 'production' };
export const target = { ...place, region: europe };

const run: Run = {
  region: europe,
  cluster: 'shop',
  url: 'https://checkout.example',
  colours: {
    blue: { service: 'checkout-blue', targetGroup: 'arn:blue' },
    green: { service: 'checkout-green', targetGroup: 'arn:green' },
    rules: ['arn:rule'],
    preview: { header: 'X-Forge-Preview', valueFrom: 'FORGE_PREVIEW_TOKEN' },
  },
};

type Options = {
  define?: NonNullable<Parameters<typeof createForgeWorld>[0]>['define'];
  steps?: ShiftStep[];
  environment?: Partial<EnvironmentPolicy>;
  timing?: Timing;
  /** How many rules lead to it; default: 1. */
  rules?: number;
};

/** In production, by canary, with a dead-man switch that waits for 30 s. */
function colouredPolicy({ steps, environment, timing = quickly }: Options = {}): Policy {
  return aPolicy({
    services: [aServicePolicy({ runs: { production: [run] } })],
    environments: [
      anEnvironmentPolicy({
        regions: [europe],
        strategy: {
          kind: 'canary',
          steps: steps ?? [
            { weight: 25, bake: 20_000 },
            { weight: 100, bake: 20_000 },
          ],
        },
        gates: aGatePolicy({
          rollBackWhen: { for: 4_000, errors: 0.05, fiveXx: 0.02, p99: 1_000, activeConnectionsBelow: 0.5 },
        }),
        deadMan: { after: 30_000, role: 'arn:aws:iam::123456789012:role/forge-switch', otherwise: 'ask' },
        ...environment,
      }),
    ],
    timing,
  });
}

export type ColouredWorld = ForgeWorld & {
  /** Begins deployment #1 of v1.1.0, with v1.0.0 live on blue. */
  begin(): Promise<void>;
  /** Waits until a step that takes its time is under way. */
  untilStep(id: string): Promise<Deployment>;
  /** Acts as soon as a step has begun. */
  atStep(id: string, act: () => unknown): Promise<void>;
};

/** A shop in colours, without commands: deployments begin as `prepare` begins them. */
export function createColouredWorld(options: Options = {}): ColouredWorld {
  const policy = colouredPolicy(options);
  const world = createForgeWorld({ policy, define: options.define });
  const { commit, digests } = releaseOf('v1.0.0');
  const image = {
    version: 'v1.0.0',
    ...(commit === undefined ? {} : { commit }),
    digest: digests[europe] ?? '',
  };
  world.platform.giveColours(target, { image, rules: options.rules ?? 1 });

  async function begin(): Promise<void> {
    const live = await world.platform.live(target, { signal: new AbortController().signal });
    const [service] = policy.services;
    const [environment] = policy.environments;
    if (service === undefined || environment === undefined) throw new Error('The shop has no service');
    const plan = planDeployment({
      ...{ service, environment, timing: policy.timing },
      live: { [europe]: live },
      release: releaseOf('v1.1.0'),
    });
    const by = person().actor;
    const requested = { type: 'requested' as const, ...place, plan, channel: 'C0DEPLOYS' };
    await world.store.commit([
      { kind: 'append', deployment: 1, expect: 0, events: [requested], by, cause: 'asked' },
      { kind: 'append', deployment: 1, expect: 1, events: [{ type: 'started' }], by, cause: 'begun' },
      {
        kind: 'start-run',
        ...{ id: 'deploy/1', job: 'deploy', input: { deployment: 1, ...place }, key: 'checkout/production' },
      },
    ]);
    world.engine().poke();
  }

  // Time goes on a second at a time: nothing here is decided faster.
  function until<Value>(read: () => Promise<Value | undefined | false>): Promise<Value> {
    return world.until(read, { step: 1_000 });
  }

  return {
    ...world,
    begin,
    untilStep: (id) =>
      until(async () => {
        const state = await world.deployment(1);
        return state.steps[id]?.kind === 'running' && state;
      }),
    async atStep(id, act) {
      const acted = world.upon({ type: 'step-started', step: id }, act);
      await until(async () => (await world.deployment(1)).steps[id] !== undefined);
      await acted;
    },
    untilPhase: (number, kind) =>
      until(async () => {
        const state = await world.deployment(number);
        return state.phase.kind === kind && state;
      }),
    ended: (number) =>
      until(async () => {
        const state = await world.deployment(number);
        return isFinished(state) && state;
      }),
  };
}

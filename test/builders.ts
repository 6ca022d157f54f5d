import type { Actor } from '../src/domain/actor.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { deploymentOf } from '../src/domain/evolve.ts';
import type { GatePolicy } from '../src/domain/gate-policy.ts';
import type { Grants, PeoplePolicy } from '../src/domain/people-policy.ts';
import { makePlan, type Plan, type Step } from '../src/domain/plan.ts';
import type { EnvironmentPolicy, Policy, Run, ServicePolicy, Timing } from '../src/domain/policy.ts';
import type { Live, Release } from '../src/domain/release.ts';

export const aRegion = 'eu-west-1';

export function aRelease(change: Partial<Release> = {}): Release {
  return {
    service: 'checkout',
    commit: 'c0ffee'.padEnd(40, '0'),
    version: 'v1.1.0',
    digests: { [aRegion]: `sha256:${'1'.repeat(64)}` },
    ...change,
  };
}

export function aLive(change: Partial<Live> = {}): Live {
  return {
    place: 'only',
    revision: `arn:aws:ecs:${aRegion}:123456789012:task-definition/checkout:7`,
    version: 'v1.0.0',
    commit: 'abad1dea'.padEnd(40, '0'),
    digest: `sha256:${'0'.repeat(64)}`,
    ...change,
  };
}

export function aPlan(change: Partial<Omit<Plan, 'digest'>> = {}): Plan {
  return makePlan({
    strategy: 'rolling',
    from: { [aRegion]: aLive() },
    to: aRelease(),
    steps: [
      { id: `start/${aRegion}`, region: aRegion, kind: 'start', on: 'only', withinSeconds: 600 },
      { id: `verify/${aRegion}`, region: aRegion, kind: 'verify', on: 'only', withinSeconds: 60 },
    ],
    ...change,
  });
}

type Requested = Extract<DeploymentEvent, { type: 'requested' }>;

export function aRequestedEvent(change: Partial<Requested> = {}): Requested {
  return {
    type: 'requested',
    service: 'checkout',
    environment: 'production',
    plan: aPlan(),
    channel: 'C0DEPLOYS',
    ...change,
  };
}

export const aPerson: Actor = { kind: 'person', userId: 'U0MAYA', via: 'command' };

/** When the events of the builders begin, in milliseconds since the epoch; they are a second apart. */
export const aMoment = Date.UTC(2026, 0, 5, 9);

export function aRecordedEvent(event: DeploymentEvent, change: Partial<RecordedEvent> = {}): RecordedEvent {
  const version = change.version ?? 1;
  return {
    deployment: 142,
    version,
    at: aMoment + (version - 1) * 1000,
    by: aPerson,
    cause: `cause ${version}`,
    event,
    ...change,
  };
}

/** Events as they are kept, one a second, beginning with a request where `events` does not. */
export function aStory(
  events: readonly DeploymentEvent[],
  change: Omit<Partial<RecordedEvent>, 'version' | 'at'> = {},
): RecordedEvent[] {
  const isWhole = events[0]?.type === 'requested';
  const all = isWhole ? events : [aRequestedEvent(), ...events];
  return all.map((event, index) => aRecordedEvent(event, { ...change, version: index + 1 }));
}

/** The deployment to which these events happened; see `aStory`. */
export function aDeployment(
  events: readonly DeploymentEvent[] = [],
  change: Omit<Partial<RecordedEvent>, 'version' | 'at'> = {},
): Deployment {
  const deployment = deploymentOf(aStory(events, change));
  if (deployment === undefined) throw new Error('A story without events has no deployment');
  return deployment;
}

/** The steps of one region: start, smoke, verify. */
function stepsOf(region: string): Step[] {
  return [
    { id: `${region}/start`, region, kind: 'start', on: 'only', withinSeconds: 600 },
    {
      id: `${region}/smoke`,
      region,
      kind: 'smoke',
      through: 'public',
      url: 'https://checkout.example',
      tests: [{ method: 'GET', path: '/health', status: 200 }],
      timesInARow: 3,
      withinSeconds: 60,
    },
    { id: `${region}/verify`, region, kind: 'verify', on: 'only', withinSeconds: 60 },
  ];
}

/** A plan through several regions, in order. */
export function aPlanFor(regions: readonly string[], change: Partial<Omit<Plan, 'digest'>> = {}): Plan {
  const digest = `sha256:${'1'.repeat(64)}`;
  return aPlan({
    from: Object.fromEntries(regions.map((region) => [region, aLive()])),
    to: aRelease({ digests: Object.fromEntries(regions.map((region) => [region, digest])) }),
    steps: regions.flatMap(stepsOf),
    ...change,
  });
}

/** A run on one ECS service; see `aColouredRun` for one on two. */
type RunOnOne = Extract<Run, { service: string }>;

export function aRun(change: Partial<RunOnOne> = {}): RunOnOne {
  return {
    region: aRegion,
    cluster: 'shop',
    service: 'checkout',
    url: 'https://checkout.example',
    ...change,
  };
}

export function aServicePolicy(change: Partial<ServicePolicy> = {}): ServicePolicy {
  return {
    name: 'checkout',
    title: 'Checkout',
    kind: 'web',
    repository: 'acme/checkout',
    image: '{account}.dkr.ecr.{region}.amazonaws.com/checkout:git-{commit}',
    smoke: { tests: [{ method: 'GET', path: '/health', status: 200 }], timesInARow: 3 },
    strategies: {},
    gates: {},
    database: {},
    checks: [],
    runs: { production: [aRun()] },
    ...change,
  };
}

/** The limits of a production environment that says nothing of its own. */
export function aGatePolicy(change: Partial<GatePolicy> = {}): GatePolicy {
  return {
    evidence: 'traffic',
    confidence: 0.95,
    pass: {
      errors: 0.01,
      fiveXx: 0.005,
      p95: 500,
      activeConnections: 0.8,
      databaseConnections: 0.8,
    },
    rollBackWhen: { for: 120_000, errors: 0.05, fiveXx: 0.02, p99: 1_000, activeConnectionsBelow: 0.5 },
    ...change,
  };
}

export function anEnvironmentPolicy(change: Partial<EnvironmentPolicy> = {}): EnvironmentPolicy {
  return {
    name: 'production',
    account: '123456789012',
    channel: 'C0DEPLOYS',
    branch: 'main',
    regions: [aRegion],
    strategy: { kind: 'rolling' },
    gates: aGatePolicy(),
    standby: 86_400_000,
    checks: [],
    ...change,
  };
}

export function aTiming(change: Partial<Timing> = {}): Timing {
  return {
    poll: 5_000,
    observe: 30_000,
    startWithin: 600_000,
    smokeWithin: 60_000,
    settle: 15_000,
    probe: 5_000,
    metricPeriod: 60_000,
    metricDelay: 180_000,
    evidenceWithin: 1_800_000,
    watchAfterReturn: 300_000,
    silence: 120_000,
    questionWithin: 1_800_000,
    messageEvery: 2_000,
    messageRefresh: 10_000,
    ...change,
  };
}

export function aPolicy(change: Partial<Policy> = {}): Policy {
  return {
    version: 'a version',
    services: [aServicePolicy()],
    environments: [anEnvironmentPolicy()],
    people: aPeoplePolicy(),
    timing: aTiming(),
    ...change,
  };
}

/** Sam is the admin, the group on call commands incidents, and everybody may do everything that is not theirs alone. */
export function aPeoplePolicy(all: Partial<Grants> = {}): PeoplePolicy {
  const roles = { admin: ['U0SAM'], 'incident-commander': ['S0ONCALL'], ...all.roles };
  return {
    all: { everyone: 'incident-commander', groups: {}, ...all, roles },
    environments: {},
    services: {},
  };
}

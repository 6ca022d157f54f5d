import type { DeploymentEvent } from '../src/domain/events.ts';
import { makePlan, type Plan } from '../src/domain/plan.ts';
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

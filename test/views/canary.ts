import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Plan, Step } from '../../src/domain/plan.ts';
import type { ShownGate } from '../../src/domain/shown-gate.ts';
import { type Split, splitTo } from '../../src/domain/traffic.ts';
import { aLive, aMoment, aPlanFor, aRelease, aRequestedEvent } from '../builders.ts';

/** Percent that ask a person before they go on. */
type Shape = { weights?: readonly number[]; asking?: readonly number[]; before?: string; version?: string };

/** v1.0.0 on blue gives way to v1.1.0 on green, step by step. */
export function aCanary(
  regions: readonly string[] = ['us-east-1'],
  { weights = [10, 25, 50, 100], asking = [], before = 'v1.0.0', version = 'v1.1.0' }: Shape = {},
): Plan {
  return aPlanFor(regions, {
    strategy: 'canary',
    to: aRelease({ version }),
    from: Object.fromEntries(
      regions.map((region) => [region, aLive({ place: 'blue', version: before, desired: 2 })]),
    ),
    steps: regions.flatMap((region) => canarySteps(region, weights, asking)),
  });
}

function canarySteps(region: string, weights: readonly number[], asking: readonly number[]): Step[] {
  return [
    { id: `${region}/start`, region, kind: 'start', on: 'green', withinSeconds: 600 },
    { id: `${region}/verify`, region, kind: 'verify', on: 'green', withinSeconds: 60 },
    {
      id: `${region}/smoke`,
      region,
      kind: 'smoke',
      through: 'preview',
      url: 'https://checkout.example',
      tests: [{ method: 'GET', path: '/health', status: 200 }],
      timesInARow: 3,
      withinSeconds: 60,
    },
    { id: `${region}/arm`, region, kind: 'arm', to: 'blue', afterSeconds: 300 },
    ...weights.flatMap((weight): Step[] => [
      { id: `${region}/shift-${weight}`, region, kind: 'shift', to: 'green', weight, settleSeconds: 15 },
      { id: `${region}/bake-${weight}`, region, kind: 'bake', to: 'green', weight, seconds: 600 },
      ...(asking.includes(weight)
        ? [
            {
              id: `${region}/approve-${weight}`,
              region,
              kind: 'approve' as const,
              to: 'green' as const,
              weight,
            },
          ]
        : []),
    ]),
    { id: `${region}/disarm`, region, kind: 'disarm' },
    { id: `${region}/standby`, region, kind: 'standby', on: 'blue', seconds: 86_400 },
  ];
}

/** v1.1.0 on green gives way to v1.0.0, which waits on blue. */
export function aReturn(regions: readonly string[] = ['us-east-1']): Plan {
  const revision = 'checkout:7';
  return aPlanFor(regions, {
    strategy: 'canary',
    from: Object.fromEntries(
      regions.map((region) => [region, aLive({ place: 'green', version: 'v1.1.0', desired: 2 })]),
    ),
    to: { service: 'checkout', version: 'v1.0.0', digests: {} },
    steps: regions.flatMap((region): Step[] => [
      { id: `${region}/return`, region, kind: 'return', to: 'blue', revision, needs: 2 },
      { id: `${region}/watch`, region, kind: 'watch', on: 'blue', seconds: 300 },
      { id: `${region}/retire`, region, kind: 'retire', on: 'green' },
    ]),
  });
}

export function begun(step: string): DeploymentEvent[] {
  return [{ type: 'step-started', step }];
}

export function done(...steps: string[]): DeploymentEvent[] {
  return steps.flatMap((step): DeploymentEvent[] => [
    { type: 'step-started', step },
    { type: 'step-finished', step },
  ]);
}

/** The request and everything before the first shift. */
export function ready(plan: Plan, region = 'us-east-1'): DeploymentEvent[] {
  return [
    aRequestedEvent({ plan }),
    { type: 'checking' },
    { type: 'started' },
    ...done(`${region}/start`, `${region}/verify`, `${region}/smoke`, `${region}/arm`),
    { type: 'switch-armed', region, to: 'blue', after: 300_000 },
  ];
}

/** `weight` percent go to green, read back. */
export function moved(
  weight: number,
  { region = 'us-east-1', generation = weight, before = 0, took }: MovedShape = {},
): DeploymentEvent[] {
  const split = toGreen(weight);
  return [
    { type: 'traffic-intended', region, split, before: toGreen(before), generation },
    { type: 'traffic-confirmed', region, split, generation, ...(took === undefined ? {} : { took }) },
  ];
}

type MovedShape = { region?: string; generation?: number; before?: number; took?: number };

export function toGreen(weight: number): Split {
  return splitTo('green', weight);
}

/** Up to the bake at `weight`, which has begun. */
export function baking(plan: Plan, weight: number, region = 'us-east-1'): DeploymentEvent[] {
  const weights = plan.steps.flatMap((step) =>
    step.kind === 'shift' && step.region === region ? [step.weight] : [],
  );
  const earlier = weights.filter((one) => one < weight);
  return [
    ...ready(plan, region),
    ...earlier.flatMap((one) => [
      ...begun(`${region}/shift-${one}`),
      ...moved(one, { region }),
      { type: 'step-finished', step: `${region}/shift-${one}` } as const,
      ...done(`${region}/bake-${one}`),
    ]),
    ...begun(`${region}/shift-${weight}`),
    ...moved(weight, { region, before: earlier.at(-1) ?? 0 }),
    { type: 'step-finished', step: `${region}/shift-${weight}` },
    ...begun(`${region}/bake-${weight}`),
  ];
}

/** At `weight` the gates failed: the release before is being put back. */
export function goingBack(plan: Plan, weight: number): DeploymentEvent[] {
  return [
    ...baking(plan, weight),
    { type: 'restoring', because: 'failure', reason: '6 % of requests failed' },
  ];
}

/** All of it, and the release before is kept until a day after the request. */
export function succeeded(plan: Plan, region = 'us-east-1'): DeploymentEvent[] {
  return [
    ...baking(plan, 100, region),
    { type: 'step-finished', step: `${region}/bake-100` },
    { type: 'switch-disarmed', region },
    ...done(`${region}/disarm`, `${region}/standby`),
    { type: 'standby-kept', region, on: 'blue', until: aMoment + 86_400_000, desired: 2 },
    { type: 'succeeded' },
  ];
}

export function aGate(change: Partial<ShownGate> = {}): ShownGate {
  return {
    gate: 'errors',
    kind: 'passed',
    value: '0.4 %',
    limit: 'at most 1 %',
    words: '0.4 % of 412 requests failed; at most 1 % may.',
    at: aMoment + 120_000,
    ...change,
  };
}

export function gatesRead(
  gates: ShownGate[],
  { weight = 25, waits, region = 'us-east-1' }: { weight?: number; waits?: string; region?: string } = {},
): DeploymentEvent {
  const step = `${region}/bake-${weight}`;
  return { type: 'gates-read', region, step, gates, ...(waits === undefined ? {} : { waits }) };
}

import { describe, expect, it } from 'vitest';
import { requireGoingOn, requirePausable, requireSkippable } from '../../src/domain/decisions.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aPlan, aRegion, aRequestedEvent } from '../builders.ts';

const bake = `${aRegion}/bake-25`;
const steps = [
  { id: `${aRegion}/shift-25`, region: aRegion, kind: 'shift', to: 'green', weight: 25, settleSeconds: 15 },
  { id: bake, region: aRegion, kind: 'bake', to: 'green', weight: 25, seconds: 600 },
] as const;

const held: DeploymentEvent = {
  type: 'held',
  question: 'Go on?',
  resumeMeans: 'Resume goes on.',
  abortMeans: 'Abort puts it back.',
  deadline: 2_000_000_000_000,
};
const baking: DeploymentEvent[] = [{ type: 'started' }, { type: 'step-started', step: bake }];

function aBake(...events: DeploymentEvent[]): Deployment {
  const requested = aRequestedEvent({ plan: aPlan({ steps: [...steps] }) });
  return aDeployment([requested, ...baking, ...events]);
}

const ended: [string, DeploymentEvent[], RegExp][] = [
  ['has succeeded', [{ type: 'succeeded' }], /^#142 cannot be \w+: it has succeeded and v1\.1\.0 is live\./u],
  [
    'is being aborted',
    [{ type: 'abort-requested' }],
    /^#142 is being aborted by <@U0MAYA>; it cannot be \w+ any more\.$/u,
  ],
  [
    'is being put back',
    [{ type: 'restoring', because: 'failure', reason: 'it is slow' }],
    /^#142 is being put back already; it cannot be \w+ any more\.$/u,
  ],
];

describe('a pause', () => {
  it.each([
    ['before it starts', aDeployment()],
    ['during a bake', aBake()],
    ['while a question is open', aBake(held)],
  ])('is possible %s', (_when, deployment) => {
    expect(() => requirePausable(deployment)).not.toThrow();
  });

  it.each(ended)('is refused of a deployment that %s', (_what, events, words) => {
    expect(() => requirePausable(aBake(...events))).toThrow(words);
  });

  it('is refused a second time', () => {
    expect(() => requirePausable(aBake({ type: 'paused' }))).toThrow(
      '#142 is paused already. To go on, type `/forge resume #142`.',
    );
  });

  it('is refused of a rollback', () => {
    const rollback = aDeployment([aRequestedEvent({ undoes: 141 }), { type: 'started' }]);

    expect(() => requirePausable(rollback)).toThrow('#142 is a rollback, and nothing holds one up.');
  });
});

describe('going on', () => {
  it('answers the question that is open, also while it is paused', () => {
    expect(requireGoingOn(aBake(held))).toBe('answer');
    expect(requireGoingOn(aBake(held, { type: 'paused' }))).toBe('answer');
  });

  it('ends a pause where no question is open', () => {
    expect(requireGoingOn(aBake({ type: 'paused' }))).toBe('unpause');
  });

  it('is refused where nothing waits', () => {
    expect(() => requireGoingOn(aBake())).toThrow('is not waiting for an answer');
  });

  it.each(ended)('is refused of a paused deployment that %s', (_what, events, words) => {
    expect(() => requireGoingOn(aBake({ type: 'paused' }, ...events))).toThrow(words);
  });
});

describe('a skip', () => {
  it('names the bake that it ends', () => {
    expect(requireSkippable(aBake())).toBe(bake);
    expect(requireSkippable(aBake({ type: 'paused' }))).toBe(bake);
  });

  it('is refused where no bake is under way', () => {
    const done = aBake({ type: 'step-finished', step: bake });

    expect(() => requireSkippable(done)).toThrow('There is nothing to skip now');
    expect(() => requireSkippable(aDeployment())).toThrow('There is nothing to skip now');
  });

  it('is refused a second time', () => {
    expect(() => requireSkippable(aBake({ type: 'skipped', step: bake }))).toThrow(
      'is being skipped already',
    );
  });

  it.each(ended)('is refused of a deployment that %s', (_what, events, words) => {
    expect(() => requireSkippable(aBake(...events))).toThrow(words);
  });
});

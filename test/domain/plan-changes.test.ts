import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/json.ts';
import type { Plan, Step } from '../../src/domain/plan.ts';
import { planChanges, substanceOf } from '../../src/domain/plan-changes.ts';
import { aGatePolicy, aLive, aPlan, aPlanFor, aRegion, aRelease } from '../builders.ts';
import { aColouredLive, anIdle } from '../colour-builders.ts';

const america = 'us-east-1';
const otherDigest = `sha256:${'2'.repeat(64)}`;
const before = aPlan();

function withLive(change: Parameters<typeof aLive>[0]): Plan {
  return aPlan({ from: { [aRegion]: aLive(change) } });
}

function withStep(change: object): Plan {
  return aPlan({ steps: before.steps.map((step): Step => ({ ...step, ...change })) });
}

const differences: [string, Plan, string][] = [
  [
    'another release',
    aPlan({ to: aRelease({ version: 'v1.2.0' }) }),
    'It puts v1.2.0 there instead of v1.1.0.',
  ],
  [
    'another image of the release',
    aPlan({ to: aRelease({ digests: { [aRegion]: otherDigest } }) }),
    'The image of v1.1.0 is another one.',
  ],
  [
    'another commit of the release',
    aPlan({ to: aRelease({ commit: 'b'.repeat(40) }) }),
    'The image of v1.1.0 is another one.',
  ],
  [
    'another release that is live',
    withLive({ version: 'v1.0.1', revision: 'checkout:8' }),
    `${aRegion} runs v1.0.1 now instead of v1.0.0.`,
  ],
  [
    'another task definition of what is live',
    withLive({ revision: 'checkout:8' }),
    `${aRegion} runs another task definition of v1.0.0 now.`,
  ],
  [
    'another image of what is live',
    withLive({ digest: otherDigest }),
    `${aRegion} runs another image of v1.0.0 now.`,
  ],
  ['another colour', withLive({ place: 'green' }), `In ${aRegion} the traffic is on the other colour now.`],
  ['another strategy', aPlan({ strategy: 'canary' }), 'It goes by canary instead of rolling.'],
  ['another region', aPlanFor([america], { to: before.to }), `It goes to ${america} instead of ${aRegion}.`],
  ['one step less', aPlan({ steps: before.steps.slice(0, 1) }), 'Its steps have changed.'],
  ['another time for a step', withStep({ withinSeconds: 1 }), 'Its steps have changed.'],
  ['steps at another place only', withStep({ on: 'blue' }), 'Its steps have changed.'],
  ['limits', aPlan({ gates: aGatePolicy() }), 'The limits it is judged by have changed.'],
];

describe('what of a plan people approve', () => {
  it.each(differences)('is another thing with %s', (_what, after) => {
    expect(substanceOf(after)).not.toEqual(substanceOf(before));
  });

  it('is the same however many tasks are wanted or healthy, and whatever the idle colour carries', () => {
    const from = (idle: Parameters<typeof anIdle>[0], desired: number) => ({
      [aRegion]: aColouredLive({ idle: anIdle(idle), desired }),
    });

    const calm = aPlan({ from: from({ healthy: 0, desired: 0 }, 4) });
    const busy = aPlan({ from: from({ healthy: 3, desired: 4, revision: 'checkout:5' }, 7) });

    expect(substanceOf(busy)).toEqual(substanceOf(calm));
    expect(planChanges(calm, busy)).toEqual([]);
  });

  it('is the same in whatever order the regions were read', () => {
    const plan = aPlanFor([america, aRegion]);
    const from = Object.fromEntries(Object.entries(plan.from).toReversed());

    expect(canonicalJson(substanceOf({ ...plan, from }))).toBe(canonicalJson(substanceOf(plan)));
  });
});

describe('how a plan differs from the one before', () => {
  it.each(differences)('is told for %s', (_what, after, told) => {
    expect(planChanges(before, after)).toContain(told);
  });

  it('is nothing where it is the same', () => {
    expect(planChanges(before, aPlan())).toEqual([]);
  });

  it('is that the order of the regions has changed', () => {
    expect(planChanges(aPlanFor([america, aRegion]), aPlanFor([aRegion, america]))).toContain(
      `It goes to ${aRegion} then ${america} instead of ${america} then ${aRegion}.`,
    );
  });

  it('is told in some words whenever anything of substance has changed, and never otherwise', () => {
    const live = fc.record({
      place: fc.constantFrom('only' as const, 'blue' as const, 'green' as const),
      revision: fc.constantFrom('checkout:7', 'checkout:8'),
      version: fc.constantFrom('v1.0.0', 'v1.0.1'),
      digest: fc.constantFrom(otherDigest, undefined),
    });
    const plans = fc
      .record({
        strategy: fc.constantFrom('rolling', 'canary'),
        regions: fc.subarray([america, aRegion], { minLength: 1 }),
        lives: fc.tuple(live, live),
        version: fc.constantFrom('v1.1.0', 'v1.2.0'),
        gates: fc.boolean(),
        on: fc.constantFrom('only' as const, 'blue' as const),
      })
      .map(({ strategy, regions, lives, version, gates, on }) => {
        const plan = aPlanFor(regions);
        const from = Object.fromEntries(
          regions.map((region, index) => {
            const { digest, ...rest } = lives[index % 2 === 0 ? 0 : 1];
            const { digest: _own, ...bare } = aLive(rest);
            return [region, digest === undefined ? bare : { ...bare, digest }];
          }),
        );
        const steps = plan.steps.map((step): Step => (step.kind === 'start' ? { ...step, on } : step));
        const to = { ...plan.to, version };
        return { ...plan, strategy, from, steps, to, ...(gates ? { gates: aGatePolicy() } : {}) };
      });
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        const isSame = canonicalJson(substanceOf(one)) === canonicalJson(substanceOf(other));

        expect(planChanges(one, other).length === 0).toBe(isSame);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { defaultSteps } from '../../src/domain/default-steps.ts';
import { mayHaveActed } from '../../src/domain/deployment.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import { isSameSplit, otherColour, Split, soleColour, splitTo } from '../../src/domain/traffic.ts';
import { aRequestedEvent, aStory } from '../builders.ts';

const region = 'eu-west-1';
const split = splitTo('green', 100);
const before = splitTo('blue', 100);

describe('a split', () => {
  it('gives the rest to the other colour', () => {
    expect([splitTo('green', 25), splitTo('blue', 25)]).toEqual([
      { blue: 75, green: 25 },
      { blue: 25, green: 75 },
    ]);
    expect([otherColour('blue'), otherColour('green')]).toEqual(['green', 'blue']);
  });

  it('is all of the traffic, no more and no less', () => {
    expect(Split.safeParse({ blue: 60, green: 30 }).success).toBe(false);
    expect(Split.safeParse({ blue: 60, green: 40 }).success).toBe(true);
  });

  it('belongs to one colour only where the other one takes none', () => {
    expect([splitTo('blue', 100), splitTo('green', 100), splitTo('blue', 50)].map(soleColour)).toEqual([
      'blue',
      'green',
      undefined,
    ]);
  });

  it('is the same by its weights', () => {
    expect(isSameSplit(before, { blue: 100, green: 0 })).toBe(true);
    expect(isSameSplit(before, split)).toBe(false);
  });
});

it('the steps of a strategy rise to all of the traffic', () => {
  for (const steps of Object.values(defaultSteps)) {
    const weights = steps.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((one, other) => one - other));
    expect(weights.at(-1)).toBe(100);
  }
});

describe('the traffic of a deployment', () => {
  const moved = (...generations: number[]) =>
    deploymentOf(
      aStory([
        aRequestedEvent(),
        { type: 'traffic-intended', region, split, before, generation: 2 },
        ...generations.map(
          (generation) => ({ type: 'traffic-confirmed', region, split, generation }) as const,
        ),
      ]),
    )?.traffic[region];

  it('is confirmed by what was read after the newest intent, not by an older one', () => {
    expect(moved(1)).not.toHaveProperty('confirmedAt');
    expect(moved(1, 2)?.confirmedAt).toEqual(expect.any(Number));
    expect(moved(2)).not.toHaveProperty('took');
  });

  it('says how long moving it back took', () => {
    const events = [
      aRequestedEvent(),
      { type: 'traffic-intended', region, split: before, before: split, generation: 1 } as const,
      { type: 'traffic-confirmed', region, split: before, generation: 1, took: 310 } as const,
    ];

    expect(deploymentOf(aStory(events))?.traffic[region]?.took).toBe(310);
  });

  it('is not confirmed where none was moved', () => {
    const events = [
      aRequestedEvent(),
      { type: 'traffic-confirmed', region, split, generation: 1, took: 3 } as const,
    ];

    expect(deploymentOf(aStory(events))?.traffic).toEqual({});
  });
});

describe('what is kept on standby', () => {
  const kept = { type: 'standby-kept', region, on: 'blue', until: 5_000, desired: 2 } as const;
  const standbyAfter = (...events: Parameters<typeof aStory>[0]) =>
    deploymentOf(aStory([aRequestedEvent(), ...events]))?.standby;

  it('ends with a reason or without', () => {
    expect(standbyAfter(kept, { type: 'standby-ended', region })?.[region]).not.toHaveProperty('reason');
    expect(
      standbyAfter(kept, { type: 'standby-ended', region, reason: 'used by #3' })?.[region],
    ).toMatchObject({
      reason: 'used by #3',
      endedAt: expect.any(Number),
    });
  });

  it('does not end where nothing is kept', () => {
    expect(standbyAfter({ type: 'standby-ended', region })).toEqual({});
  });
});

it('a question about weights names them', () => {
  const held = { type: 'held', question: 'Whose?', resumeMeans: 'a', abortMeans: 'b', deadline: 1 } as const;
  const phaseAfter = (event: Parameters<typeof aStory>[0][number]) =>
    deploymentOf(aStory([aRequestedEvent(), event]))?.phase;

  expect(phaseAfter(held)).not.toHaveProperty('weights');
  expect(phaseAfter({ ...held, weights: 'blue 30, green 70' })).toMatchObject({
    weights: 'blue 30, green 70',
  });
});

describe('a dead-man switch', () => {
  it.each([
    ['is not known', undefined, false],
    ['was found missing', { kind: 'not-armed', reason: 'it is not there any more' }, false],
    ['is armed', { kind: 'armed', to: 'blue', after: 60_000 }, true],
    ['fired', { kind: 'fired', to: 'blue' }, true],
    // Until that was read it could still act.
    ['was taken away', { kind: 'disarmed' }, true],
  ] as const)('that %s may have moved traffic or not', (_, state, may) => {
    expect(mayHaveActed(state)).toBe(may);
  });
});

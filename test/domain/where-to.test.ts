import { describe, expect, it } from 'vitest';
import type { Colour } from '../../src/domain/release.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { enoughOf, type WhereTo, whereTo } from '../../src/domain/where-to.ts';

const counts = [0, 1, 2, 3, 4];
const colours: Colour[] = ['blue', 'green'];
const weights = [undefined, 0, 10, 49, 50, 90, 100];
const needs = 3;

/** Every constellation of health and weights, for each colour that may be wanted. */
const all = colours.flatMap((wanted) =>
  counts.flatMap((own) =>
    counts.flatMap((others) => weights.map((weight) => ({ wanted, own, others, weight }))),
  ),
);

function decide({ wanted, own, others, weight }: (typeof all)[number]): WhereTo {
  const healthy = wanted === 'blue' ? { blue: own, green: others } : { blue: others, green: own };
  const split = weight === undefined ? {} : { split: splitTo(wanted, weight) };
  return whereTo({ wanted, healthy, needs, ...split });
}

const where = (own: number, others: number, weight?: number) =>
  decide({ wanted: 'blue', own, others, weight });

describe('where traffic goes', () => {
  it('is never a colour without healthy targets, whatever the constellation', () => {
    const goals = all.map((one) => {
      const to = decide(one);
      if (to.kind === 'go') return one.own;
      if (to.kind === 'larger') return to.colour === one.wanted ? one.own : one.others;
      return 1;
    });

    expect(goals.filter((healthy) => healthy === 0)).toEqual([]);
  });

  it('is the same whichever colour is called blue', () => {
    const mirrored = all
      .filter(({ wanted }) => wanted === 'blue')
      .map((one) => {
        const there = decide(one);
        const here = decide({ ...one, wanted: 'green' });
        if (there.kind !== 'larger' || here.kind !== 'larger') return there.kind === here.kind;
        return there.colour !== here.colour;
      });

    expect(mirrored).not.toContain(false);
  });

  it('is the colour that is wanted when it has as many as it needs', () => {
    expect([where(3, 4, 0), where(4, 0, 0), where(3, 0), where(3, 3, 100)]).toEqual(
      Array.from({ length: 4 }, () => ({ kind: 'go' })),
    );
  });

  it('stays as it is while no colour has a healthy target, and while none of it is lost on the colour that is wanted', () => {
    expect([where(0, 4, 0), where(0, 0, 100), where(0, 0, 50), where(0, 0)]).toEqual(
      Array.from({ length: 4 }, () => ({ kind: 'stay' })),
    );
  });

  it('leaves the colour that is wanted when it is dead and still takes a part that the other one would answer', () => {
    expect([where(0, 4, 90), where(0, 1, 10), where(0, 1)]).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'larger', colour: 'green' })),
    );
  });

  it('waits for more tasks where the other colour is whole and takes most of the traffic', () => {
    expect([where(2, 3, 0), where(1, 4, 49), where(2, 3)]).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'scale-first' })),
    );
  });

  it('does not wait where the colour that is wanted takes most of the traffic already', () => {
    expect([where(1, 4, 50), where(2, 4, 90), where(1, 0, 100)]).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'go' })),
    );
  });

  it('is the larger colour where neither is whole; of two alike, the one that is wanted', () => {
    expect([where(2, 1, 0), where(1, 2, 0), where(1, 1, 0), where(1, 0, 0)]).toEqual([
      { kind: 'larger', colour: 'blue' },
      { kind: 'larger', colour: 'green' },
      { kind: 'larger', colour: 'blue' },
      { kind: 'larger', colour: 'blue' },
    ]);
  });
});

describe('enough of so many tasks', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [4, 3],
    [8, 6],
    [10, 8],
  ])('of %i is %i: one that is being replaced holds up no return', (desired, enough) => {
    expect(enoughOf(desired)).toBe(enough);
  });
});

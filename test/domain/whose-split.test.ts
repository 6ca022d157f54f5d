import { describe, expect, it } from 'vitest';
import type { Split, TrafficRecord } from '../../src/domain/traffic.ts';
import {
  foreignWords,
  isAllOn,
  type Seen,
  shownOf,
  splitWords,
  whoseSplit,
} from '../../src/domain/whose-split.ts';

const allBlue = { blue: 100, green: 0 };
const tenth = { blue: 90, green: 10 };
const quarter = { blue: 75, green: 25 };
const half = { blue: 50, green: 50 };

const rules = (...splits: (Split | { other: string })[]) => splits.map((split) => ({ split }));

/** #7 wants a quarter on green, of a tenth before; blue was live when it was planned. */
function aRecord(change: Partial<TrafficRecord> = {}): TrafficRecord {
  return {
    ...{ generation: 3, split: quarter, before: tenth, safe: allBlue, deployment: 7 },
    ...{ intendedAt: Date.UTC(2026, 0, 5, 9, 2, 0), confirmedAt: Date.UTC(2026, 0, 5, 9, 2, 3) },
    ...change,
  };
}

function unconfirmed(change: Partial<TrafficRecord> = {}): TrafficRecord {
  const { confirmedAt: _not, ...record } = aRecord(change);
  return record;
}

function whose(seen: Partial<Seen> & Pick<Seen, 'rules'>) {
  return whoseSplit({ record: aRecord(), deployment: 7, planned: allBlue, isArmed: true, ...seen });
}

describe('weights', () => {
  it('are ours where every rule is as Forge last wanted it', () => {
    expect(whose({ rules: rules(quarter, quarter) })).toEqual({ kind: 'ours' });
    expect(whose({ rules: rules(quarter), record: unconfirmed() })).toEqual({ kind: 'ours' });
  });

  it('are ours where Forge moved none yet and they are as they were when it planned', () => {
    expect(whose({ rules: rules(allBlue), record: undefined })).toEqual({ kind: 'ours' });
  });

  it('are judged by what was planned on where the record is of an earlier deployment', () => {
    const record = aRecord({ deployment: 6 });

    expect(whose({ rules: rules(allBlue), record })).toEqual({ kind: 'ours' });
    expect(whose({ rules: rules(quarter), record }).kind).toBe('foreign');
  });

  it('are unconfirmed where a crash left rules as they were before, or some of them', () => {
    expect(whose({ rules: rules(tenth, tenth), record: unconfirmed() })).toEqual({ kind: 'unconfirmed' });
    expect(whose({ rules: rules(tenth, quarter), record: unconfirmed() })).toEqual({ kind: 'unconfirmed' });
  });

  it('are foreign where they are as before though the change was confirmed', () => {
    expect(whose({ rules: rules(tenth) })).toEqual({ kind: 'foreign', shown: 'blue 90 % and green 10 %' });
  });

  it('are safe where the dead-man switch moved all rules or some of them', () => {
    expect(whose({ rules: rules(allBlue, allBlue) })).toEqual({ kind: 'safe' });
    expect(whose({ rules: rules(allBlue, quarter) })).toEqual({ kind: 'safe' });
    expect(whose({ rules: rules(allBlue, tenth), record: unconfirmed() })).toEqual({ kind: 'safe' });
  });

  it('are foreign where they are safe and no switch can have moved them', () => {
    const { safe: _none, ...never } = aRecord();

    expect(whose({ rules: rules(allBlue), isArmed: false }).kind).toBe('foreign');
    expect(whose({ rules: rules(allBlue), record: never }).kind).toBe('foreign');
  });

  it('are foreign where any rule is like nothing Forge knows of', () => {
    expect(whose({ rules: rules(quarter, half) })).toEqual({
      kind: 'foreign',
      shown: 'blue 75 % and green 25 %, elsewhere blue 50 % and green 50 %',
    });
    expect(whose({ rules: rules({ other: 'redirects' }, quarter) })).toEqual({
      kind: 'foreign',
      shown: 'that a rule redirects, elsewhere blue 75 % and green 25 %',
    });
  });

  it('are foreign where there is no rule: nothing is proven by nothing', () => {
    expect(whose({ rules: [] })).toEqual({ kind: 'foreign', shown: 'no rule at all' });
  });

  it('are all on a colour only where every rule says so', () => {
    expect(isAllOn('blue', rules(allBlue, allBlue))).toBe(true);
    expect(isAllOn('blue', rules(allBlue, tenth))).toBe(false);
    expect(isAllOn('green', rules(allBlue))).toBe(false);
    expect(isAllOn('blue', rules({ other: 'redirects' }))).toBe(false);
    expect(isAllOn('blue', [])).toBe(false);
  });
});

describe('the words for weights', () => {
  it('name one colour where it takes everything, else both', () => {
    expect([allBlue, { blue: 0, green: 100 }, tenth].map(splitWords)).toEqual([
      'everything on blue',
      'everything on green',
      'blue 90 % and green 10 %',
    ]);
  });

  it('name what is the same in all rules once', () => {
    expect(shownOf([tenth, tenth])).toBe('blue 90 % and green 10 %');
  });

  it.each([
    ['confirmed', aRecord(), 'Forge had blue 75 % and green 25 % (last confirmed at 09:02:03 UTC)'],
    ['not confirmed', unconfirmed(), 'Forge had blue 75 % and green 25 % (not confirmed yet)'],
    [
      'of another deployment',
      aRecord({ deployment: 6 }),
      'Forge had everything on blue (as it was when this was planned)',
    ],
  ])('say from what to what, where the last intent was %s', (_name, record, had) => {
    const words = foreignWords(
      { record, deployment: 7, planned: allBlue, shown: splitWords(half) },
      { title: 'Checkout', region: 'eu-west-1', versions: { blue: 'v1.0.0', green: 'v1.1.0' } },
    );

    expect(words).toBe(
      `Somebody else moved the traffic of Checkout in eu-west-1: ${had}, and the load balancer now says blue 50 % and green 50 %. Blue is v1.0.0, green v1.1.0.`,
    );
  });

  it.each([
    [{ blue: 'v1.0.0' }, / Blue is v1\.0\.0\.$/u],
    [{ green: 'v1.1.0' }, / Green is v1\.1\.0\.$/u],
    [{}, /green 50 %\.$/u],
  ])('name the releases that are known: %o', (versions, end) => {
    const words = foreignWords(
      { record: undefined, deployment: 7, planned: allBlue, shown: splitWords(half) },
      { title: 'Checkout', region: 'eu-west-1', versions },
    );

    expect(words).toMatch(end);
  });
});

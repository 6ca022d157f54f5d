import { describe, expect, it } from 'vitest';
import {
  type BakeState,
  beginBake,
  type Next,
  nextOfBake,
  type Seen,
  type Watch,
} from '../../src/domain/bake.ts';

const began = 1_000_000;

const watch: Watch = {
  goal: 'bake',
  length: 60_000,
  weight: 25,
  evidenceWithin: 30_000,
  questionWithin: 40_000,
  silence: 10_000,
};

function aLook(second: number, change: Partial<Seen> = {}): Seen {
  return {
    at: began + second * 1000,
    isHeld: false,
    isPaused: false,
    isSkipped: false,
    judgement: { decision: 'go-on-watching' },
    result: { kind: 'passed' },
    traffic: { kind: 'ours' },
    targets: { next: 2, wanted: 2, live: 2 },
    ...change,
  };
}

/** What follows from the last of several looks. */
function following(
  looks: Seen[],
  change: Partial<Watch> = {},
  state: BakeState = beginBake({ since: began }),
): Next {
  let next: Next = { state, act: { kind: 'wait' } };
  for (const look of looks) next = nextOfBake(next.state, look, { ...watch, ...change });
  return next;
}

const act = (...given: Parameters<typeof following>) => following(...given).act;
const hold = { judgement: { decision: 'hold' as const, because: 'Both are slow.' } };
const bad = { judgement: { decision: 'roll-back' as const, because: 'Too many errors.' } };
const liveDown = { targets: { next: 2, wanted: 2, live: 0 } };
const foreign = { traffic: { kind: 'foreign' as const, words: 'Somebody moved it.', shown: 'blue 40 %' } };
const thin = { result: { kind: 'inconclusive' as const, because: '12 of about 300 requests needed.' } };
const shared = {
  result: { kind: 'inconclusive' as const, isShared: true as const, because: 'Both are slow.' },
};
const failed = { result: { kind: 'failed' as const, because: 'p95 600 ms.' } };
const silent = (second: number) => ({
  silent: { since: began + second * 1000, reason: 'CloudWatch does not answer.' },
});

describe('a bake whose time of day is over', () => {
  const closed = { closed: 'the window closed.' };

  it('fails where policy has it put back, whatever it waits for or was paused for', () => {
    const reason = 'the window closed.';

    expect(act([aLook(1, closed)])).toEqual({ kind: 'fail', reason });
    expect(act([aLook(1, { ...closed, isPaused: true })])).toEqual({ kind: 'fail', reason });
    expect(act([aLook(1, { ...closed, ...foreign })])).toEqual({ kind: 'fail', reason });
  });

  it('is not put back on a release that has no healthy task', () => {
    expect(act([aLook(1, { ...closed, ...liveDown })])).toMatchObject({
      kind: 'ask',
      concern: { kind: 'live-down' },
    });
  });
});

describe('a bake', () => {
  it('ends when its time is over and its targets hold', () => {
    expect(act([aLook(0), aLook(59)])).toEqual({ kind: 'wait' });
    expect(act([aLook(0), aLook(60)])).toEqual({ kind: 'done' });
  });

  it('says with what it passed', () => {
    const look = aLook(60, { result: { kind: 'passed', because: 'No worse than before.' } });

    expect(act([look])).toEqual({ kind: 'done', because: 'No worse than before.' });
  });

  it('does not count the time before its weights had settled', () => {
    expect(act([aLook(-15), aLook(59)]).kind).toBe('wait');
    expect(act([aLook(-15), aLook(60)]).kind).toBe('done');
  });

  it('counts what another run has seen of it', () => {
    const state = beginBake({ since: began - 60_000, baked: 30_000, isExtended: true });

    expect(act([{ ...aLook(0), at: began - 60_000 }, aLook(-30)], {}, state).kind).toBe('done');
  });

  it('is extended once when a target does not hold, then fails with the numbers', () => {
    const extended = following([aLook(0), aLook(60, failed)]);

    expect(extended.act).toEqual({ kind: 'wait', because: 'p95 600 ms. It is watched for as long again.' });
    expect(act([aLook(119, failed)], {}, extended.state).kind).toBe('wait');
    expect(act([aLook(120)], {}, extended.state).kind).toBe('done');
    expect(act([aLook(120, failed)], {}, extended.state)).toEqual({ kind: 'fail', reason: 'p95 600 ms.' });
  });

  it('judges its targets by the extension alone, and its triggers by everything', () => {
    const { state } = following([aLook(0), aLook(60, failed)]);

    expect(state).toMatchObject({ since: began, from: began + 60_000 });
  });

  it('has words of its own where a gate has none', () => {
    const state = beginBake({ since: began, isExtended: true });

    expect(act([aLook(60, { result: { kind: 'failed' } })], {}, state)).toEqual({
      kind: 'fail',
      reason: 'its targets do not hold',
    });
    expect(act([aLook(1, { judgement: { decision: 'roll-back' } })])).toEqual({
      kind: 'fail',
      reason: 'its gates failed',
    });
  });

  it('fails at once when the gates say so, whatever else is the matter', () => {
    const troubles: Partial<Seen>[] = [
      {},
      { isPaused: true },
      { isSkipped: true },
      foreign,
      silent(0),
      { isHeld: true },
    ];

    for (const trouble of troubles) {
      expect(act([aLook(1, { ...trouble, ...bad })])).toEqual({ kind: 'fail', reason: 'Too many errors.' });
    }
  });

  it('ends when a person skips it, though its targets do not hold', () => {
    expect(act([aLook(1, { isSkipped: true, ...failed })])).toEqual({ kind: 'done', because: 'skipped' });
    expect(act([aLook(1, { isSkipped: true, ...hold })])).toEqual({ kind: 'done', because: 'skipped' });
    expect(act([aLook(60, { isSkipped: true, ...thin })])).toEqual({ kind: 'done', because: 'skipped' });
  });

  it('is over when the dead-man switch has fired', () => {
    expect(act([aLook(60, { traffic: { kind: 'fired' } })])).toEqual({ kind: 'fired' });
  });

  it('does not end while it is paused, and begins again after that', () => {
    const paused = following([
      aLook(0),
      aLook(50),
      aLook(60, { isPaused: true }),
      aLook(200, { isPaused: true }),
    ]);
    const resumed = following([aLook(201)], {}, paused.state);

    expect(paused.act).toEqual({ kind: 'wait' });
    expect(paused.state.baked).toBe(0);
    expect(resumed.state).toMatchObject({ since: began + 201_000, from: began + 201_000, baked: 0 });
    expect(act([aLook(260)], {}, resumed.state).kind).toBe('wait');
    expect(act([aLook(261)], {}, resumed.state).kind).toBe('done');
  });

  it('asks nobody for evidence while it is paused', () => {
    const { state } = following([aLook(0), aLook(60, thin)]);

    expect(act([aLook(100, { isPaused: true, ...thin })], {}, state)).toEqual({ kind: 'wait' });
  });

  it('extends while there is too little evidence, then asks', () => {
    const waiting = following([aLook(0), aLook(60, thin)]);
    const asked = following([aLook(90, thin)], {}, waiting.state);

    expect(waiting.act).toEqual({
      ...{ kind: 'wait', because: '12 of about 300 requests needed.' },
      askAt: began + 90_000,
    });
    expect(act([aLook(89, thin)], {}, waiting.state).kind).toBe('wait');
    expect(asked.act).toMatchObject({
      kind: 'ask',
      deadline: began + 130_000,
      concern: { kind: 'evidence' },
    });
    expect(act([aLook(91)], {}, asked.state)).toEqual({ kind: 'done', because: 'a person let it go on' });
  });

  it('never passes what could not be read', () => {
    const unread = { result: { kind: 'error' as const } };

    expect(act([aLook(60, unread)])).toMatchObject({
      kind: 'wait',
      because: 'There is too little traffic to tell.',
    });
  });

  it('stands still while both colours are in trouble, and judges only what comes after', () => {
    const { state, act: during } = following([aLook(0), aLook(30, hold), aLook(50, hold)]);

    expect(during).toMatchObject({ kind: 'wait', because: 'Both are slow.' });
    expect(state).toMatchObject({ baked: 0, since: began, from: began + 50_000 });
    expect(act([aLook(60, hold)], {}, state).kind).toBe('ask');
    expect(act([aLook(109)], {}, state).kind).toBe('wait');
    expect(act([aLook(110)], {}, state).kind).toBe('done');
  });

  it('begins again when both colours were in trouble at its end, and asks when that goes on', () => {
    const again = following([aLook(0), aLook(60, shared)]);

    expect(again.act).toMatchObject({ kind: 'wait', because: 'Both are slow.' });
    expect(again.state).toMatchObject({ baked: 0, from: began + 60_000 });
    expect(act([aLook(90, shared)], {}, again.state)).toMatchObject({
      kind: 'ask',
      concern: { kind: 'shared' },
    });
    expect(act([aLook(61), aLook(120)], {}, again.state).kind).toBe('done');
  });

  it('has words for trouble that nobody has words for', () => {
    const wordless = { judgement: { decision: 'hold' as const } };

    expect(act([aLook(1, wordless)])).toMatchObject({
      kind: 'wait',
      because: 'Both releases were in trouble, so it is watched anew.',
    });
  });

  it('waits in silence, then asks, and again after as long', () => {
    const waiting = following([aLook(1, silent(1))]);
    const asked = following([aLook(11, silent(1))], {}, waiting.state);
    const resumed = following([aLook(12, silent(1))], {}, asked.state);

    expect(waiting.act).toMatchObject({ kind: 'wait', because: 'CloudWatch does not answer.' });
    expect(asked.act).toMatchObject({ kind: 'ask', concern: { kind: 'silence' } });
    expect(resumed.act).toEqual({ kind: 'wait' });
    expect(act([aLook(21, silent(1))], {}, resumed.state).kind).toBe('wait');
    expect(act([aLook(22, silent(1))], {}, resumed.state).kind).toBe('ask');
  });

  it('does not count time in which nothing was heard', () => {
    expect(following([aLook(0), aLook(30, silent(20)), aLook(40)]).state.baked).toBe(10_000);
  });
});

describe('a question about a bake', () => {
  const asked = (change: Partial<Seen> = foreign) => following([aLook(0, change)]).state;
  const held = (second: number, change: Partial<Seen> = foreign) =>
    aLook(second, { isHeld: true, ...change });

  it('reminds once in the middle of its time, and gives up at its end', () => {
    const reminded = following([held(20)], {}, asked());

    expect(act([held(19)], {}, asked())).toEqual({ kind: 'wait', because: 'Somebody moved it.' });
    expect(reminded.act).toEqual({ kind: 'remind' });
    expect(act([held(21)], {}, reminded.state).kind).toBe('wait');
    expect(act([held(40)], {}, reminded.state)).toEqual({ kind: 'give-up' });
  });

  it('closes when what it was about is over', () => {
    const closed = following([held(1, {})], {}, asked());

    expect(closed.act).toEqual({ kind: 'close' });
    expect(act([aLook(61)], {}, closed.state).kind).toBe('done');
  });

  it('about foreign weights puts those of Forge back', () => {
    expect(act([aLook(1, foreign)], {}, asked())).toEqual({ kind: 'override' });
  });

  it('about a colour that is down lets it go on, and is asked anew once that was up again', () => {
    const down = following([aLook(1, liveDown)], {}, asked(liveDown));

    expect(down.act).toEqual({ kind: 'wait' });
    expect(act([aLook(2, liveDown), aLook(61, liveDown)], {}, down.state).kind).toBe('done');
    expect(act([aLook(2), aLook(3, liveDown)], {}, down.state).kind).toBe('ask');
  });

  it('about a colour that is down is asked again later when the release is bad as well', () => {
    const both = { ...liveDown, ...bad };
    const down = following([aLook(1, both)], {}, asked(both));

    expect(act([aLook(2, both)], {}, down.state)).toMatchObject({
      kind: 'wait',
      because: expect.stringContaining('Too many errors.'),
    });
    expect(act([aLook(31, both)], {}, down.state).kind).toBe('ask');
  });
});

describe('a colour that was live and is down', () => {
  it('never gets traffic back', () => {
    expect(act([aLook(1, { ...liveDown, judgement: { decision: 'roll-back' } })])).toMatchObject({
      kind: 'ask',
      concern: { kind: 'live-down', because: expect.stringContaining('its gates failed.') },
    });
  });

  it('is not held against the new one: what failed meanwhile does not count afterwards', () => {
    const { state } = following([aLook(2), aLook(5, { ...liveDown, ...bad })]);

    expect(state).toMatchObject({ since: began + 5_000, from: began + 5_000, baked: 2_000 });
  });

  it('counts for as long as people know of it', () => {
    const state = beginBake({ since: began, knowsLiveIsDown: true });

    expect(following([aLook(5, liveDown)], {}, state).state).toMatchObject({ since: began, baked: 5_000 });
  });

  it('holds up nothing once it has no traffic to lose', () => {
    expect(act([aLook(60, liveDown)], { weight: 100 }).kind).toBe('done');
  });

  it('is no reason to keep traffic on one that is down as well', () => {
    const none = { targets: { next: 0, wanted: 2, live: 0 } };

    expect(act([aLook(1, { ...none, ...bad })]).kind).toBe('fail');
    expect(act([aLook(1, none)]).kind).toBe('wait');
  });

  it('is known to people from an earlier step', () => {
    const state = beginBake({ since: began, knowsLiveIsDown: true });

    expect(act([aLook(1, liveDown)], { goal: 'ready' }, state).kind).toBe('done');
    expect(following([unread], {}, state).state.knowsLiveIsDown).toBe(true);
  });

  const { targets: _silent, ...unread } = aLook(1);
});

describe('moving traffic', () => {
  it('may begin at once when nothing stands against it', () => {
    expect(act([aLook(0)], { goal: 'ready' })).toEqual({ kind: 'done' });
  });

  it('waits for as many tasks as the release that was live has got meanwhile', () => {
    const grown = (next: number) => ({ targets: { next, wanted: 2, live: 4, usual: 4 } });

    expect(act([aLook(0, grown(2))], { goal: 'ready' })).toMatchObject({
      kind: 'wait',
      because: 'Only 2 of 4 tasks of the new release are healthy.',
    });
    expect(act([aLook(0, grown(4))], { goal: 'ready' })).toEqual({ kind: 'done' });
  });

  it('waits for every task, then asks', () => {
    const few = { targets: { next: 1, wanted: 2, live: 2 } };
    const waiting = following([aLook(0, few)], { goal: 'ready' });
    const asked = following([aLook(30, few)], { goal: 'ready' }, waiting.state);

    expect(waiting.act).toMatchObject({
      kind: 'wait',
      because: 'Only 1 of 2 tasks of the new release is healthy.',
    });
    expect(asked.act).toMatchObject({ kind: 'ask', concern: { kind: 'too-few' } });
    expect(act([aLook(31, few)], { goal: 'ready' }, asked.state).kind).toBe('wait');
  });

  it('waits while it is paused or both colours are in trouble', () => {
    expect(act([aLook(0, { isPaused: true })], { goal: 'ready' }).kind).toBe('wait');
    expect(act([aLook(0, hold)], { goal: 'ready' }).kind).toBe('wait');
  });
});

describe('an approval', () => {
  it('is asked at once, and given by going on', () => {
    const asked = following([aLook(0)], { goal: 'approve' });

    expect(asked.act).toMatchObject({ kind: 'ask', concern: { kind: 'approve' } });
    expect(act([aLook(1, { isHeld: true })], { goal: 'approve' }, asked.state).kind).toBe('wait');
    expect(act([aLook(1)], { goal: 'approve' }, asked.state)).toMatchObject({ kind: 'done' });
  });

  it('is withdrawn by a pause, and asked again after it', () => {
    const asked = following([aLook(0)], { goal: 'approve' });
    const paused = following([aLook(1, { isHeld: true, isPaused: true })], { goal: 'approve' }, asked.state);

    expect(paused.act).toEqual({ kind: 'close' });
    expect(act([aLook(2, { isPaused: true })], { goal: 'approve' }, paused.state).kind).toBe('wait');
    expect(act([aLook(3)], { goal: 'approve' }, paused.state).kind).toBe('ask');
  });
});

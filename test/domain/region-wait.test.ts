import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/domain/calendar/wall-clock.ts';
import type { WhenItCloses } from '../../src/domain/calendar/window.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import {
  beginsLaterRegion,
  timesToBegin,
  timesToGoOn,
  timesTold,
  waitsInRegion,
} from '../../src/domain/region-wait.ts';
import { aDeployment, aPlanFor } from '../builders.ts';
import { aQuestion } from '../in-phase.ts';
import { aFreeze, aLock, aStart, aWindow, inNewYork } from './restriction-builders.ts';

const region = 'eu-west-1';
const plan = aPlanFor(['us-east-1', region]);
const evening = inNewYork('2026-11-23T18:00');
const OPEN = { kind: 'open', despite: [] };
const frozen = '<@U0RAVI> has frozen everything: the sale';
const waiting: DeploymentEvent = { type: 'region-waiting', region, for: 'freeze', why: frozen, until: 7 };
const { type: _waits, ...wait } = waiting;
const running: DeploymentEvent = { type: 'started' };
const emergency: DeploymentEvent = { type: 'emergency-declared', digest: 'd1' };

describe('a step', () => {
  it('begins a later region where it is the first of it, and others come before', () => {
    const begins = plan.steps.filter((step) => beginsLaterRegion(plan, step)).map(({ id }) => id);

    expect(begins).toEqual([`${region}/start`]);
  });
});

describe('a deployment before its next region', () => {
  it('may begin there when it might start now, with what only its emergency passes over', () => {
    expect(timesToBegin(aStart(), region)).toEqual(OPEN);
    expect(timesToBegin(aStart({ freezes: [aFreeze()], isEmergency: true }), region)).toEqual({
      kind: 'open',
      despite: [frozen],
    });
  });

  it.each([
    ['freeze', { freezes: [aFreeze()] }, '2026-11-24T12:00'],
    ['lock', { locks: [aLock()] }, '2026-11-23T15:00'],
    ['consent', { window: aWindow(), at: evening }, '2026-11-24T10:00'],
    [
      'window',
      { window: aWindow({ forbidden: [{ days: ['Mon'], from: 1_000, to: 1_440 }] }), at: evening },
      '2026-11-24T10:00',
    ],
  ] as const)('waits for a %s, and knows until when', (what, change, until) => {
    expect(timesToBegin(aStart(change), region)).toMatchObject({
      kind: 'hold',
      wait: { region, for: what, until: inNewYork(until) },
    });
  });

  it('is looked at again when what is in the way may have become something else', () => {
    const until = inNewYork('2026-11-23T20:00');
    const frozenOut = aStart({ window: aWindow(), at: evening, freezes: [aFreeze({ until })] });

    expect(timesToBegin(frozenOut, region)).toMatchObject({
      wait: { for: 'freeze', until: inNewYork('2026-11-24T10:00') },
      lookAgainAt: until,
    });
    expect(timesToBegin({ ...frozenOut, at: until }, region)).not.toHaveProperty('lookAgainAt');
  });

  it('waits without knowing until when where no time is preferred', () => {
    const never = aStart({ window: aWindow({ preferred: [] }) });
    const forbidden = [{ days: [...WEEKDAYS], from: 0, to: 1_440 }];
    const times = timesToBegin(never, region);

    expect(times.kind === 'hold' && Object.keys(times.wait)).toEqual(['region', 'for', 'why']);
    expect(timesToBegin(aStart({ window: aWindow({ forbidden }) }), region)).toEqual({
      ...{ kind: 'hold', wait: { region, for: 'window', why: expect.any(String) } },
    });
  });
});

describe('a deployment within a region', () => {
  const closing = (whenItCloses: WhenItCloses) => aStart({ window: aWindow({ whenItCloses }), at: evening });

  it('goes on where policy has it finish the region, or names no times', () => {
    expect(timesToGoOn(closing('finish-region'), region)).toEqual(OPEN);
    expect(timesToGoOn(aStart({ freezes: [aFreeze()] }), region)).toEqual(OPEN);
  });

  it.each(['hold', 'roll-back'] as const)('goes on while its time lasts, policy %s', (whenItCloses) => {
    const window = aWindow({ whenItCloses });

    expect(timesToGoOn(aStart({ window, locks: [aLock()] }), region)).toEqual(OPEN);
    expect(timesToGoOn(aStart({ window, at: evening, hasConsent: true }), region)).toEqual(OPEN);
    expect(timesToGoOn(aStart({ window, at: evening, isEmergency: true }), region)).toEqual(OPEN);
  });

  it('holds where policy says so', () => {
    expect(timesToGoOn(closing('hold'), region)).toMatchObject({
      kind: 'hold',
      wait: { region, for: 'consent', until: inNewYork('2026-11-24T10:00') },
    });
  });

  it('is put back where policy says so, and says why', () => {
    const window = aWindow({ whenItCloses: 'roll-back', zones: { [region]: 'Europe/Dublin' } });

    expect(timesToGoOn(aStart({ window, at: evening }), region)).toEqual({
      kind: 'roll-back',
      reason:
        'the window of production closed while it was under way in eu-west-1 (by the clock of Europe/Dublin), and policy has such a deployment put back.',
    });
    const preferred = [{ days: ['Mon'], from: 0, to: 1_440 }] as const;
    const frozenNow = aStart({ window: { ...window, preferred }, freezes: [aFreeze()] });
    expect(timesToGoOn(frozenNow, region)).toEqual({
      kind: 'roll-back',
      reason:
        'a freeze began while it was under way in eu-west-1, and policy has such a deployment put back.',
    });
  });
});

describe('what people are told', () => {
  const hold = { kind: 'hold', wait: { ...wait, region, for: 'freeze', why: frozen, until: 7 } } as const;

  it('is that it waits, once, and anew when anything about that changes', () => {
    const told = aDeployment([running, waiting]);

    expect(timesTold(aDeployment([running]), hold)).toEqual([waiting]);
    expect(timesTold(told, hold)).toEqual([]);
    for (const change of [{ region: 'us-east-1' }, { for: 'lock' }, { why: 'x' }, { until: 8 }] as const) {
      const changed = { ...hold.wait, ...change };
      expect(timesTold(told, { kind: 'hold', wait: changed })).toEqual([
        { type: 'region-waiting', ...changed },
      ]);
    }
  });

  it('is that it goes on, where it waited', () => {
    const open = { kind: 'open', despite: [] } as const;

    expect(timesTold(aDeployment([running]), open)).toEqual([]);
    expect(timesTold(aDeployment([running, waiting]), open)).toEqual([{ type: 'region-goes-on', region }]);
    expect(timesTold(aDeployment([running, waiting]), { kind: 'roll-back', reason: 'late' })).toEqual([
      { type: 'region-goes-on', region },
    ]);
  });

  it('is what an emergency passes over, each once', () => {
    const before = [running, waiting, emergency];
    const both = { kind: 'open', despite: [frozen, 'A lock.'] } as const;
    const over: DeploymentEvent = { type: 'passed-over', what: [frozen, 'A lock.'] };

    expect(timesTold(aDeployment(before), both)).toEqual([{ type: 'region-goes-on', region }, over]);
    expect(timesTold(aDeployment([running, emergency]), both)).toEqual([over]);
    expect(timesTold(aDeployment([running, emergency, over]), both)).toEqual([]);
    expect(timesTold(aDeployment(before), { kind: 'roll-back', reason: 'late' })).toHaveLength(1);
  });
});

describe('what a deployment waits for in a region', () => {
  it('is what it was told last, until it goes on', () => {
    expect(waitsInRegion(aDeployment([running, waiting]))).toEqual(wait);
    expect(waitsInRegion(aDeployment([running, waiting, aQuestion()]))).toEqual(wait);
    expect(
      waitsInRegion(aDeployment([running, waiting, { type: 'region-goes-on', region }])),
    ).toBeUndefined();
  });

  it('is nothing once it is being stopped, or is over', () => {
    expect(waitsInRegion(aDeployment([running, waiting, { type: 'abort-requested' }]))).toBeUndefined();
    expect(waitsInRegion(aDeployment([running, waiting, { type: 'succeeded' }]))).toBeUndefined();
  });

  it('keeps all that emergencies passed over', () => {
    const passed = (why: string): DeploymentEvent => ({ type: 'passed-over', what: [why] });

    expect(aDeployment([passed('A freeze.'), passed('A lock.')]).passedOver).toEqual([
      'A freeze.',
      'A lock.',
    ]);
  });
});

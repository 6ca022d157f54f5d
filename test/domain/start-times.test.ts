import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/domain/calendar/wall-clock.ts';
import { decideStart, decideStarts } from '../../src/domain/start-times.ts';
import { aFreeze, aLock, aStart, aWindow, inNewYork } from './restriction-builders.ts';

const region = 'us-east-1';
const saturday = inNewYork('2026-11-28T12:00');
const monday = inNewYork('2026-11-30T10:00');
const ended = { at: 0, by: { kind: 'person', userId: 'U0RAVI', via: 'command' } } as const;

describe('a start', () => {
  it('is at any time where policy names none and nothing holds it up', () => {
    expect(decideStart(aStart(), region)).toEqual({ kind: 'may', despite: [] });
  });

  it('at a preferred time goes, and is told until when', () => {
    expect(decideStart(aStart({ window: aWindow() }), region)).toEqual({
      kind: 'may',
      until: inNewYork('2026-11-23T16:00'),
      despite: [],
    });
  });

  it('may until a freeze begins, where that is before the window closes', () => {
    const freezes = [aFreeze({ from: inNewYork('2026-11-23T14:00') })];

    expect(decideStart(aStart({ window: aWindow(), freezes }), region)).toMatchObject({
      until: inNewYork('2026-11-23T14:00'),
    });
    expect(decideStart(aStart({ freezes }), region)).toMatchObject({
      until: inNewYork('2026-11-23T14:00'),
    });
  });

  it.each([
    ['2026-11-24T18:00', 'not a preferred time', '2026-11-25T10:00'],
    ['2026-11-28T12:00', 'a time to avoid', '2026-11-30T10:00'],
  ])('at %s needs consent, being %s', (text, what, next) => {
    const decision = decideStart(aStart({ window: aWindow(), at: inNewYork(text) }), region);

    expect(decision).toEqual({
      kind: 'needs-consent',
      why: `It is ${what} for us-east-1 in production by the clock of America/New_York, so it needs a reason and the consent of a release manager.`,
      until: inNewYork(next),
    });
  });

  it('with consent goes at times that are not preferred', () => {
    const question = aStart({ window: aWindow(), at: saturday, hasConsent: true });

    expect(decideStart(question, region)).toEqual({ kind: 'may', despite: [] });
  });

  it('at a forbidden time waits, consent or not, for the next time it may by itself', () => {
    const window = aWindow({ forbidden: [{ days: ['Sat', 'Sun'], from: 0, to: 1_440 }] });

    expect(decideStart(aStart({ window, at: saturday }), region)).toEqual({
      kind: 'must-wait',
      for: 'window',
      why: 'It is a forbidden time for us-east-1 in production by the clock of America/New_York: nothing starts but an emergency.',
      until: monday,
      lookAgainAt: inNewYork('2026-11-30T00:00'),
    });
    expect(decideStart(aStart({ window, at: saturday, hasConsent: true }), region)).toMatchObject({
      kind: 'must-wait',
      until: inNewYork('2026-11-30T00:00'),
    });
  });

  it('is judged by the clock of the region', () => {
    const window = aWindow({ zones: { 'ap-southeast-1': 'Asia/Singapore' } });

    const starts = decideStarts(aStart({ window }), [region, 'ap-southeast-1']);

    expect(starts).toMatchObject({ [region]: { kind: 'may' }, 'ap-southeast-1': { kind: 'needs-consent' } });
  });

  it('waits for ever where every time is forbidden, and says no end', () => {
    const forbidden = [{ days: [...WEEKDAYS], from: 0, to: 1_440 }];

    expect(decideStart(aStart({ window: aWindow({ forbidden }) }), region)).toEqual({
      kind: 'must-wait',
      for: 'window',
      why: expect.any(String),
    });
  });
});

describe('a freeze', () => {
  const frozen = [aFreeze()];

  it('holds a start up until it ends and the time is right again, whatever consent there is', () => {
    const freezes = [aFreeze({ until: inNewYork('2026-11-24T18:00') })];
    const waits = { kind: 'must-wait', for: 'freeze', why: '<@U0RAVI> has frozen everything: the sale' };

    expect(decideStart(aStart({ freezes, window: aWindow() }), region)).toMatchObject({
      ...waits,
      until: inNewYork('2026-11-25T10:00'),
    });
    expect(decideStart(aStart({ freezes, window: aWindow(), hasConsent: true }), region)).toMatchObject({
      ...waits,
      until: inNewYork('2026-11-24T18:00'),
    });
  });

  it('is looked at again when it ends, though its time needs consent then', () => {
    const until = inNewYork('2026-11-28T15:00');
    const question = aStart({ freezes: [aFreeze({ until })], window: aWindow(), at: saturday });

    expect(decideStart(question, region)).toMatchObject({ for: 'freeze', until: monday, lookAgainAt: until });
    expect(decideStart({ ...question, at: until }, region)).toMatchObject({
      kind: 'needs-consent',
      until: monday,
    });
  });

  it('is looked at again when another one ends, or its time becomes one of another kind', () => {
    const first = inNewYork('2026-11-23T15:00');
    const freezes = [...frozen, aFreeze({ id: 'F2', until: first })];

    expect(decideStart(aStart({ freezes }), region)).toMatchObject({ lookAgainAt: first });
    expect(decideStart(aStart({ freezes: frozen, window: aWindow() }), region)).toMatchObject({
      lookAgainAt: inNewYork('2026-11-23T16:00'),
    });
  });

  it('that begins while another is in force is waited for too', () => {
    const next = aFreeze({
      id: 'F2',
      from: inNewYork('2026-11-24T11:00'),
      until: inNewYork('2026-11-25T08:00'),
    });

    expect(decideStart(aStart({ freezes: [...frozen, next] }), region)).toMatchObject({ until: next.until });
  });

  it.each([
    ['of another environment', { environments: ['staging'] }],
    ['of another service', { services: ['billing'] }],
    ['of the service elsewhere', { services: ['api'], environments: ['staging'] }],
  ])('%s holds nothing up', (_what, scope) => {
    expect(decideStart(aStart({ freezes: [aFreeze({ scope })] }), region).kind).toBe('may');
  });

  it.each([
    [{}, 'everything'],
    [{ environments: ['production'] }, 'everything in production'],
    [
      { services: ['api', 'web'], environments: ['staging', 'production'] },
      'api and web in staging and production',
    ],
  ])('of %j that covers the place holds it up, and says what is frozen', (scope, words) => {
    expect(decideStart(aStart({ freezes: [aFreeze({ scope })] }), region)).toMatchObject({
      why: `<@U0RAVI> has frozen ${words}: the sale`,
    });
  });

  it('that is over, was lifted or has not begun holds nothing up', () => {
    const freezes = [
      aFreeze({ from: 0, until: aStart().at }),
      aFreeze({ lifted: ended }),
      aFreeze({ from: aStart().at + 1 }),
    ];

    expect(decideStart(aStart({ freezes }), region).kind).toBe('may');
  });

  it('that was lifted before it began is no end of the time it may', () => {
    const freezes = [aFreeze({ from: inNewYork('2026-11-23T14:00'), lifted: ended })];

    expect(decideStart(aStart({ freezes }), region)).toEqual({ kind: 'may', despite: [] });
  });
});

describe('a lock', () => {
  it('holds up everybody but its owner', () => {
    const locks = [aLock()];

    expect(decideStart(aStart({ locks }), region)).toEqual({
      kind: 'must-wait',
      for: 'lock',
      why: '<@U0LENA> has locked production: looking for a leak',
      until: inNewYork('2026-11-23T15:00'),
      lookAgainAt: inNewYork('2026-11-23T15:00'),
    });
    expect(decideStart(aStart({ locks, by: 'U0LENA' }), region).kind).toBe('may');
  });

  it('holds up what nobody asked for', () => {
    const { by: _nobody, ...question } = aStart({ locks: [aLock()] });

    expect(decideStart(question, region).kind).toBe('must-wait');
  });

  it.each([
    ['of another service', aLock({ service: 'billing' })],
    ['of another environment', aLock({ environment: 'staging' })],
    ['that was released', aLock({ released: ended })],
    ['that has ended', aLock({ until: aStart().at })],
  ])('%s holds nothing up', (_what, one) => {
    expect(decideStart(aStart({ locks: [one] }), region).kind).toBe('may');
  });

  it('of the service says so, and no reason in it can mention anybody', () => {
    const locks = [aLock({ service: 'api', reason: 'ask\n <!channel>' })];

    expect(decideStart(aStart({ locks }), region)).toMatchObject({
      why: '<@U0LENA> has locked api in production: ask ‹!channel›',
    });
  });
});

describe('an emergency', () => {
  it('passes over freezes, locks and forbidden times, and says which', () => {
    const question = aStart({
      window: aWindow({ forbidden: [{ days: ['Mon'], from: 0, to: 1_440 }] }),
      freezes: [aFreeze()],
      locks: [aLock()],
      isEmergency: true,
    });

    expect(decideStart(question, region)).toEqual({
      kind: 'may',
      despite: [
        { for: 'freeze', why: expect.any(String) },
        { for: 'lock', why: expect.any(String) },
        { for: 'window', why: expect.any(String) },
      ],
    });
  });

  it('at a good time passes over nothing', () => {
    expect(decideStart(aStart({ window: aWindow(), isEmergency: true }), region)).toEqual({
      kind: 'may',
      despite: [],
    });
  });
});

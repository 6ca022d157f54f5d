import { Temporal } from 'temporal-polyfill';
import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { Freeze } from '../../src/domain/freeze.ts';
import type { Lock } from '../../src/domain/lock.ts';
import type { StartQuestion } from '../../src/domain/start-times.ts';

/** In milliseconds since the epoch, of a time in New York such as `2026-11-23T10:00`. */
export function inNewYork(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('America/New_York').epochMilliseconds;
}

/** Monday to Thursday from 10 to 16 in New York; Friday afternoons and weekends are avoided. */
export function aWindow(change: Partial<WindowPolicy> = {}): WindowPolicy {
  return {
    zone: 'America/New_York',
    zones: {},
    preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
    avoided: [
      { days: ['Fri'], from: 720, to: 1_440 },
      { days: ['Sat', 'Sun'], from: 0, to: 1_440 },
    ],
    forbidden: [],
    holidays: [],
    whenItCloses: 'finish-region',
    ...change,
  };
}

export function aFreeze(change: Partial<Freeze> = {}): Freeze {
  return {
    id: 'F1',
    scope: {},
    owner: 'U0RAVI',
    reason: 'the sale',
    from: inNewYork('2026-11-23T12:00'),
    until: inNewYork('2026-11-24T12:00'),
    placedAt: inNewYork('2026-11-20T12:00'),
    ...change,
  };
}

export function aLock(change: Partial<Lock> = {}): Lock {
  return {
    id: 'L1',
    environment: 'production',
    owner: 'U0LENA',
    reason: 'looking for a leak',
    placedAt: inNewYork('2026-11-23T09:00'),
    until: inNewYork('2026-11-23T15:00'),
    version: 1,
    ...change,
  };
}

/** Maya asks on Monday, 23 November 2026 at noon in New York. */
export function aStart(change: Partial<StartQuestion> = {}): StartQuestion {
  return {
    at: inNewYork('2026-11-23T12:00'),
    place: { service: 'api', environment: 'production' },
    freezes: [],
    locks: [],
    by: 'U0MAYA',
    hasConsent: false,
    isEmergency: false,
    ...change,
  };
}

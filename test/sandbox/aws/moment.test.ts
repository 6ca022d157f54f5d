import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../sandbox/aws/event-scheduler/moment.ts';

const iso = (wall: string, zone: string) => instantOf(wall, zone)?.toISOString().replace('.000Z', 'Z');

describe('the instant of a wall clock time', () => {
  it.each([
    ['2026-01-15T10:00:00', 'UTC', '2026-01-15T10:00:00Z'],
    ['2026-01-15T10:00:00', 'America/New_York', '2026-01-15T15:00:00Z'],
    ['2026-07-15T10:00:00', 'America/New_York', '2026-07-15T14:00:00Z'],
    ['2026-07-15T00:30:45', 'Asia/Kolkata', '2026-07-14T19:00:45Z'],
    ['2026-07-15T00:00:00', 'Europe/Dublin', '2026-07-14T23:00:00Z'],
    ['2026-12-31T23:59:59', 'Pacific/Kiritimati', '2026-12-31T09:59:59Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(iso(wall, zone)).toBe(instant);
  });

  it.each([
    ['just before clocks are set forward', '2026-03-08T01:59:59', '2026-03-08T06:59:59Z'],
    ['just after', '2026-03-08T03:00:00', '2026-03-08T07:00:00Z'],
    ['just before clocks are set back', '2026-11-01T00:59:59', '2026-11-01T04:59:59Z'],
    ['just after', '2026-11-01T02:00:00', '2026-11-01T07:00:00Z'],
  ])('is right %s', (_when, wall, instant) => {
    expect(iso(wall, 'America/New_York')).toBe(instant);
  });

  it('is the first of two', () => {
    expect(iso('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(iso('2026-04-05T01:45:00', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00Z');
  });

  it('is as much later as clocks are set forward where they never show it', () => {
    expect(iso('2026-03-08T02:30:00', 'America/New_York')).toBe('2026-03-08T07:30:00Z');
  });

  it.each(['2026-02-30T00:00:00', '2026-13-01T00:00:00', '2026-01-01T24:00:00', '2026-01-01T10:60:00'])(
    'is none for %s',
    (wall) => {
      expect(instantOf(wall, 'UTC')).toBeUndefined();
    },
  );
});

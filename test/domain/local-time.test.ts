import { describe, expect, it } from 'vitest';
import { localTime, minutesBeforeUtc } from '../../src/domain/local-time.ts';

const newYork = 'America/New_York';

describe('a time on the wall', () => {
  it('is shown once on most days', () => {
    expect(localTime({ date: '2026-11-23', minute: 600 }, newYork)).toEqual({
      kind: 'once',
      at: Date.UTC(2026, 10, 23, 15),
    });
  });

  it('is shown twice in the hour the clocks go back', () => {
    expect(localTime({ date: '2026-11-01', minute: 90 }, newYork)).toEqual({
      kind: 'twice',
      at: [Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)],
    });
  });

  it('is never shown in the hour the clocks skip, not even at its first minute', () => {
    const skipped = { kind: 'never', skippedAt: Date.UTC(2026, 2, 8, 7) };

    expect(localTime({ date: '2026-03-08', minute: 150 }, newYork)).toEqual(skipped);
    expect(localTime({ date: '2026-03-08', minute: 120 }, newYork)).toEqual(skipped);
    expect(localTime({ date: '2026-03-08', minute: 180 }, newYork)).toMatchObject({ kind: 'once' });
  });

  it('is never shown on a day that a zone left out', () => {
    const kinds = [0, 600].map((minute) => localTime({ date: '2011-12-30', minute }, 'Pacific/Apia').kind);

    expect(kinds).toEqual(['never', 'never']);
  });
});

describe('a zone', () => {
  it('is before UTC or behind it, by the season', () => {
    expect(minutesBeforeUtc(Date.UTC(2026, 0, 1), newYork)).toBe(-300);
    expect(minutesBeforeUtc(Date.UTC(2026, 6, 1), newYork)).toBe(-240);
    expect(minutesBeforeUtc(Date.UTC(2026, 6, 1), 'Asia/Kathmandu')).toBe(345);
  });
});

import { describe, expect, it } from 'vitest';
import { cronProblem, nextOccurrence } from '../../src/domain/recurring.ts';

function nexts(cron: string, zone: string, from: string, count: number): string[] {
  const found: string[] = [];
  let at: number | undefined = Date.parse(from);
  while (found.length < count && at !== undefined) {
    at = nextOccurrence({ cron, zone }, at);
    if (at !== undefined) found.push(new Date(at).toISOString());
  }
  return found;
}

describe('the next time of what recurs', () => {
  it('is by the wall clock of its zone', () => {
    expect(nexts('0 2 * * 1-5', 'America/New_York', '2026-01-02T12:00:00Z', 2)).toEqual([
      '2026-01-05T07:00:00.000Z',
      '2026-01-06T07:00:00.000Z',
    ]);
  });

  it('comes once on the day the clocks skip it', () => {
    expect(nexts('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('comes once on the day the clocks show it twice', () => {
    expect(nexts('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('is never where there is no such day', () => {
    expect(nextOccurrence({ cron: '0 2 31 2 *', zone: 'UTC' }, 0)).toBeUndefined();
  });
});

describe('a cron', () => {
  it.each(['0 2 * * 1-5', '*/15 * * * *'])('of five fields is right: %s', (cron) => {
    expect(cronProblem(cron)).toBeUndefined();
  });

  it.each(['61 2 * * *', '0 2 * *', '0 0 2 * * *', 'daily', ''])('that is none is told: “%s”', (cron) => {
    expect(cronProblem(cron)).toMatch(/five fields/u);
  });

  it('that never comes is told', () => {
    expect(cronProblem('0 2 31 2 *')).toMatch(/names no time/u);
  });
});

import { describe, expect, it } from 'vitest';
import { cronWords } from '../../views/cron-words.ts';

describe('a cron in words', () => {
  it.each([
    ['0 2 * * *', 'every day at 02:00'],
    ['30 18 * * 1-5', 'every weekday at 18:30'],
    ['5 9 * * 1,4', 'every Monday and Thursday at 09:05'],
    ['0 12 * * 0,6', 'every Sunday and Saturday at 12:00'],
    ['0 12 * * 7', 'every Sunday at 12:00'],
    ['*/30 9-17 * * 1-5', 'at `*/30 9-17 * * 1-5`'],
    ['0 2 1 * *', 'at `0 2 1 * *`'],
    ['0 2 * 3 *', 'at `0 2 * 3 *`'],
    ['0 2 * * 1-4', 'at `0 2 * * 1-4`'],
    ['0 2 * *', 'at `0 2 * *`'],
  ])('%s is “%s”', (cron, words) => {
    expect(cronWords(cron)).toBe(words);
  });
});

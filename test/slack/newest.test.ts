import { expect, it } from 'vitest';
import { createNewest } from '../../src/slack/newest.ts';

it('what is older than what was shown is not the newest, of each form by itself and for the last five hundred', () => {
  const newest = createNewest();

  expect(newest.isNewest('a', 5)).toBe(true);
  expect(newest.isNewest('a', 5)).toBe(true);
  expect(newest.isNewest('a', 4)).toBe(false);
  expect(newest.isNewest('b', 4)).toBe(true);
  for (let index = 0; index < 500; index += 1) newest.isNewest(`other ${index}`, 1);
  expect(newest.isNewest('a', 4)).toBe(true);
});

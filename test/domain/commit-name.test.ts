import { expect, it } from 'vitest';
import { isCommitPrefix } from '../../src/domain/commit-name.ts';

const commit = '4f2c9d1'.padEnd(40, '0');

it.each([
  ['seven digits of it', '4f2c9d1', true],
  ['all of it', commit, true],
  ['six digits of it', '4f2c9d', false],
  ['nothing', '', false],
  ['seven digits of another', '4f2c9d2', false],
  ['capital letters', '4F2C9D1', false],
  ['another word', 'feature', false],
  ['more than a commit has', `${commit}0`, false],
])('%s: whether it names a commit', (_what, text, names) => {
  expect(isCommitPrefix(text, commit)).toBe(names);
});

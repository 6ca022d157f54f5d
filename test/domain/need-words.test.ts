import { describe, expect, it } from 'vitest';
import { needsWords } from '../../src/domain/need-words.ts';

describe('what approval needs', () => {
  it.each([
    [[{ from: 'release-manager', count: 1 }], '1 release manager'],
    [[{ from: 'release-manager', count: 2 }], '2 release managers'],
    [[{ from: 'app-security', count: 2 }], '2 of app security'],
    [
      [
        { from: 'approver', count: 1 },
        { from: 'security', count: 1 },
      ],
      '1 approver and 1 of security',
    ],
  ])('is said in words', (needs, words) => {
    expect(needsWords(needs)).toBe(words);
  });
});

import { describe, expect, it } from 'vitest';
import { plainLine, saidIn } from '../../src/github/said.ts';

describe('what GitHub says', () => {
  it('is told without its full stop, on one line', () => {
    expect(saidIn({ message: 'Not\n found. ' })).toBe('Not found');
    expect(saidIn({ message: 'Validation Failed', errors: ['It is. ', { field: 'ref', code: 'bad' }] })).toBe(
      'It is; ref is bad',
    );
  });

  it.each([
    ['beginnings without an end', '\u001b]'],
    ['full stops', '. '],
    ['control characters', '\u0000\u202e'],
  ])('is read in time though somebody made it of a hundred thousand %s', (_what, part) => {
    const endless = `${part.repeat(100_000)}x`;
    // Of the processor, and not of the clock: others may use it too.
    const begun = process.cpuUsage();

    const told = [plainLine(endless), saidIn({ message: endless, errors: [endless, { message: endless }] })];

    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1_000_000).toBeLessThan(5);
    expect(told.every((line) => line.length <= 400)).toBe(true);
  });
});

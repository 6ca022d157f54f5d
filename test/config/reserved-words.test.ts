import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { reservedMeaning } from '../../src/config/reserved-words.ts';

describe('words with a meaning of their own', () => {
  it('are the names of all commands, so that nothing of a company is called like one', () => {
    const free = Object.keys(commands).filter((name) => reservedMeaning(name, 'service') === undefined);

    expect(free).toEqual([]);
  });
});

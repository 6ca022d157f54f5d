import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { helpMessage } from '../../views/help.ts';
import { hostileTexts } from './hostile.ts';
import { objections, readableIn } from './rules.ts';

const entries = Object.values(commands).map(({ usage, summary }) => ({ usage, summary }));

describe('help', () => {
  it('lists every command there is, as it is typed', () => {
    const message = helpMessage(entries, ['deploy staging']);

    const said = readableIn(message.blocks).join('\n');
    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(entries.filter(({ summary }) => !said.includes(summary))).toEqual([]);
    expect(said).toContain('`/forge deploy staging`');
  });

  it.each(hostileTexts)('is taken where an example says %s', (_what, said) => {
    const message = helpMessage([{ usage: said, summary: said }], [said]);

    expect(objections(message, { newBlocks: false })).toEqual([]);
  });
});

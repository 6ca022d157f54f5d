import { describe, expect, it } from 'vitest';
import { withoutControlSequences } from '../../src/domain/control-sequences.ts';

describe('text of a terminal', () => {
  it.each([
    ['colours', '\u001B[31mred\u001B[0m \u001B[38;2;1;2;3mx\u001B[m', 'red x'],
    ['colours in one character', '\u009B31mred\u009B0m', 'red'],
    ['moves of the cursor', 'a\u001B[2K\u001B[1;1Hb\u001B[?25lc', 'abc'],
    ['titles', '\u001B]0;a title\u0007a\u001B]2;b\u001B\\b\u009D0;c\u009Cc', 'abc'],
    ['addresses, whose words stay', '\u001B]8;;https://acme.example\u0007here\u001B]8;;\u0007', 'here'],
    ['strings for devices', '\u001BPq#0\u001B\\a\u001B_x\u001B\\b\u001B^x\u001B\\c\u001BXx\u001B\\d', 'abcd'],
    ['character sets and resets', '\u001B(Ba\u001Bcb\u001B7c', 'abc'],
    ['what comes of taking one out of another', '\u001B\u001B[0m[31mx', '31mx'],
    ['a beginning without an end, and keeps what follows', 'a\u001B]0;b\nc\u001B[1', 'a0;b\nc1'],
    ['an end without a beginning', 'a\u001B', 'a'],
  ])('loses %s', (_what, text, plain) => {
    expect(withoutControlSequences(text)).toBe(plain);
  });

  it('keeps what is none', () => {
    const text = 'größer [31m ]0; \t\r\n\u0000 数 👍';

    expect(withoutControlSequences(text)).toBe(text);
  });

  // What looks on to the end of the text at each of them takes hours.
  it.each([
    '\u001B]',
    '\u001B[',
    '\u001B[1;',
    '\u001B]8;;https://',
    '\u001BP',
    '\u009D',
    '\u001B[ ',
    '\u001B ',
  ])('may be a million beginnings without an end: %j', (begin) => {
    const text = begin.repeat(1_000_000 / begin.length);

    expect(withoutControlSequences(text)).not.toContain('\u001B');
  });
});

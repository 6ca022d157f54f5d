import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_REASON, typed } from '../../commands/typed.ts';
import { UserError } from '../../src/domain/errors.ts';

/** What stood on the screen as Slack hands it over (docs.slack.dev, "Escaping text"). */
function asSlackSends(screen: string): string {
  return screen.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const anything = fc.string({ unit: 'binary', maxLength: 60 });
/** What Slack writes, and what people and their phones do. */
const pieces = fc.constantFrom(
  ...[
    'because',
    'because:',
    'BECAUSE',
    'deploy',
    'staging',
    '#142',
    '142',
    '--',
    '—',
    '“',
    '”',
    '‘',
    '`',
    '*',
    '_',
  ],
  ...['\n', '\r\n', '\t', ' ', '\u00A0', '\u200B', '\u202E', '🚀', '👩‍👩‍👧', 'e\u0301', '\uD83D'],
  ...['<@U0SAM|sam>', '<@U0SAM>', '<#C0NUMBER|142>', '<#C0NUMBER|>', '<!channel>', '<!subteam^S1|@ops>'],
  ...[
    '<https://acme.test/?a=1&amp;b=2|acme.test>',
    '&amp;',
    '&lt;',
    '&gt;',
    '<',
    '>',
    '|',
    '&lt;!channel&gt;',
  ],
);
const command = fc.oneof(
  anything,
  fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
);
const reason = fc
  .oneof(
    anything,
    fc.array(fc.oneof(pieces, anything), { minLength: 1, maxLength: 8 }).map((list) => list.join(' ')),
  )
  .map((text) => text.trim())
  .filter((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text));

describe('typed text', () => {
  it('is words and a reason, or a refusal in a sentence: nothing else is ever thrown', () => {
    fc.assert(
      fc.property(command, (text) => {
        try {
          const { words, why } = typed(text);

          expect(words.filter((word) => word === '' || /\s/u.test(word))).toEqual([]);
          expect(why?.trim()).toBe(why);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it('keeps a reason character for character, as it stood on the screen', () => {
    fc.assert(
      fc.property(
        reason,
        fc.constantFrom(' because ', '\u00A0because: ', '\nBecause\n'),
        (screen, because) => {
          expect(typed(`deploy staging${because}${asSlackSends(screen)}`)).toEqual({
            words: ['deploy', 'staging'],
            why: screen,
          });
        },
      ),
    );
  });

  it('keeps a reason of any length that is allowed, and says how long one is that is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LONGEST_REASON + 20 }), (length) => {
        const why = '&'.repeat(length);
        const read = () => typed(`deploy because ${asSlackSends(why)}`).why;

        if (length <= LONGEST_REASON) expect(read()).toBe(why);
        else expect(read).toThrow(`the reason has ${length} characters and may have ${LONGEST_REASON}`);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same words whichever quotation marks, dashes, spaces and full stops a phone sets', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?$/);
    const space = fc.constantFrom(' ', '\u00A0', '\u202F', '\t', '\n', '  ', ' — ', ' – ', ' -- ');
    const dash = fc.constantFrom('-', '\u2010', '\u2011', '–', '—', '−');
    const quote = fc.constantFrom(
      ['', ''],
      ['“', '”'],
      ['‘', '’'],
      ['"', '"'],
      ["'", "'"],
      ['`', '`'],
      ['«', '»'],
    );
    const end = fc.constantFrom('', '.', ',', '!', '\u200B');
    const word = fc.record({ name, dash, quote, end });

    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), space, (list, between) => {
        fc.pre(list.every((one) => one.name !== 'because'));
        const screen = list.map(({ name: one, dash: long, quote: [open, close], end: stop }) => {
          return `${open}${one.replaceAll('-', long)}${close}${stop}`;
        });

        expect(typed(screen.join(between)).words).toEqual(list.map((one) => one.name));
      }),
    );
  });
});

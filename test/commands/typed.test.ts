import { describe, expect, it } from 'vitest';
import { asTyped, typed } from '../../commands/typed.ts';

describe('typed text', () => {
  it.each([
    ['deploy staging', ['deploy', 'staging'], undefined],
    ['  deploy\t\n staging  ', ['deploy', 'staging'], undefined],
    ['', [], undefined],
    ['deploy staging because the search is slow', ['deploy', 'staging'], 'the search is slow'],
    ['deploy staging BECAUSE: it is done', ['deploy', 'staging'], 'it is done'],
    ['because why not', [], 'why not'],
    ['deploy becauseofme', ['deploy', 'becauseofme'], undefined],
    ['deploy staging because because', ['deploy', 'staging'], 'because'],
    ['de\u200Bploy stag\u202Eing\uFEFF', ['deploy', 'staging'], undefined],
    ['deploy staging because a\u202Eb', ['deploy', 'staging'], 'a\u202Eb'],
  ])('%j is words and a reason', (text, words, why) => {
    expect(typed(text)).toEqual(why === undefined ? { words } : { words, why });
  });

  it.each(['deploy staging because', 'deploy staging because   ', 'deploy staging because \u200B'])(
    '%j is refused: its reason is missing',
    (text) => {
      expect(() => typed(text)).toThrow('there is no reason after “because”');
    },
  );

  it('takes a reason of 3,000 characters and refuses a longer one with its length', () => {
    expect(typed(`deploy because ${'x'.repeat(3000)}`).why).toHaveLength(3000);
    expect(() => typed(`deploy because ${'x'.repeat(3001)}`)).toThrow(
      'the reason has 3001 characters and may have 3000',
    );
  });

  it.each([
    ['<@U0LENA|lena> asked', '@lena asked'],
    ['<@U0LENA> asked', '@U0LENA asked'],
    ['see <#C0DEPLOYS|deploys>', 'see #deploys'],
    ['tell <!subteam^S0ONCALL|@oncall>', 'tell @oncall'],
    ['tell <!channel>', 'tell @channel'],
    ['see <https://acme.test/a?b=1&amp;c=2>', 'see https://acme.test/a?b=1&c=2'],
    ['on <http://acme.test|acme.test>', 'on acme.test'],
    ['fish &amp; chips &lt;3', 'fish & chips <3'],
    ['a < b > c', 'a < b > c'],
    ['&amp;lt;', '&lt;'],
  ])('%j stood on the screen as %j', (text, screen) => {
    expect(asTyped(text)).toBe(screen);
  });
});

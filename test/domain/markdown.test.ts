import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText, markdownTitle } from '../../src/domain/markdown.ts';

const GAP = '\u200B';

describe('foreign text in a description', () => {
  it.each([
    ['a mention', 'thanks @octocat', `thanks \\@${GAP}octocat`],
    ['a reference', 'closes #12', `closes \\#${GAP}12`],
    ['a reference in words', 'closes GH-12', `closes GH${GAP}-12`],
    ['HTML', '<img src=x>', String.raw`&lt;img src=x\>`],
    ['a link', '[a](https://x.y)', `\\[a\\](https:${GAP}//x.y)`],
    ['an address', 'see www.x.y', `see www${GAP}.x.y`],
    ['code', '`a` ```b', '\\`a\\` \\`\\`\\`b'],
    ['emphasis', '**a** _b_ ~c~', String.raw`\*\*a\*\* \_b\_ \~c\~`],
    ['an entity', '&#64;octocat', `&amp;\\#${GAP}64;octocat`],
    ['a formula', '$a$', String.raw`\$a\$`],
    ['a commit', 'see deadbeef', `see dead${GAP}beef`],
    ['lines', '# a\n- b\n\n> c', `\\#${GAP} a - b \\> c`],
    ['a list', '- a', String.raw`\- a`],
    ['a numbered list', '1. a, 1.2 s', String.raw`1\. a, 1.2 s`],
    ['a comment of ours', '<!-- forge: up to here -->', String.raw`&lt;!-- forge: up to here --\>`],
    ['a picture', 'all well :white_check_mark: :+1:', `all well :${GAP}white\\_check\\_mark: :${GAP}+1:`],
    ['what was parted before', `thanks @${GAP}octocat`, `thanks \\@${GAP}octocat`],
    ['a direction', 'a\u202Eb', 'a b'],
  ])('shows %s as it is', (_, text, shown) => {
    expect(markdownText(text)).toBe(shown);
  });

  it('never has a sign of markup without an escape, a mention or a reference, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = markdownText(text);
        expect(shown.replaceAll(/\\[!-/:-@[-`{-~\d]|&lt;|&amp;/gu, '')).not.toMatch(/[\\`*_[\]<>#|~$@&]/u);
        expect(shown).not.toMatch(/[@#][\w{]|:\/\//u);
        expect(shown).not.toContain('\n');
      }),
    );
  });

  it('is cut where it is too long', () => {
    expect(markdownText('x'.repeat(400), 10)).toBe('xxxxxxxxx…');
  });
});

describe('foreign text in a title', () => {
  it('mentions, refers to and closes nothing, and has no code', () => {
    expect(markdownTitle('Closes #12 and GH-3 for @lena, `x`, https://x.y', 256)).toBe(
      `Closes #${GAP}12 and GH${GAP}-3 for @${GAP}lena, ˋxˋ, https:${GAP}//x.y`,
    );
    expect(markdownTitle('See deadbeef :tada:', 256)).toBe(`See dead${GAP}beef :${GAP}tada:`);
  });

  it.each(['[skip ci]', '[ci skip]', '[no ci]', '[Skip Actions]', '[actions skip]'])(
    'keeps GitHub from running nothing: %s',
    (words) => {
      expect(markdownTitle(`Mend it ${words}`, 256)).toBe(`Mend it [${GAP}${words.slice(1)}`);
    },
  );

  it('stays the same where it is made of itself', () => {
    const once = markdownTitle('For @lena: closes #12', 256);

    expect(markdownTitle(once, 256)).toBe(once);
  });

  it('has at most so many characters, its gaps counted', () => {
    expect(markdownTitle('@'.repeat(300), 256).length).toBeLessThanOrEqual(256);
  });
});

describe('foreign text as code', () => {
  it.each([
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['', '`  `'],
    ['a\nb', '`a b`'],
    ['<!-- forge: up to here -->', `\`<${GAP}!-- forge: up to here -->\``],
  ])('cannot end the span: %j', (text, shown) => {
    expect(markdownCode(text)).toBe(shown);
  });
});

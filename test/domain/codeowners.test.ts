import { describe, expect, it } from 'vitest';
import { codeOwnersOf } from '../../src/domain/codeowners.ts';

// The examples of docs.github.com, “About code owners”, in the order they stand there.
const example = `
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
`;

describe('the owners of a file', () => {
  it.each([
    ['the default where nothing later fits', 'README.md', ['global-owner1', 'global-owner2']],
    ['by its ending, anywhere', 'src/deep/app.js', ['js-owner']],
    ['of an ending that has an address alone: nobody can be asked', 'main.go', []],
    ['a team', 'notes.txt', ['octo-org/octocats']],
    ['of all in a folder at the root', 'docs/deep/page.md', ['doctocat']],
    ['not of a folder of that name elsewhere', 'src/docs/page.md', ['global-owner1', 'global-owner2']],
    ['several', 'scripts/run.sh', ['doctocat', 'octocat']],
    ['of all in a folder of that name anywhere', 'build/logs/a/b.log', ['octocat']],
    ['of all in a folder at any depth', 'deep/apps/x.rb', ['octocat']],
    ['nobody where the last line that fits names nobody', 'apps/github/x.rb', []],
  ])('are %s', (_, path, owners) => {
    expect(codeOwnersOf(example, [path])).toEqual(owners);
  });

  it('are those right in a folder where a star alone follows it', () => {
    const text = 'docs/* @lena\n';

    expect(codeOwnersOf(text, ['docs/a.md'])).toEqual(['lena']);
    expect(codeOwnersOf(text, ['docs/deep/a.md'])).toEqual([]);
  });

  it.each([
    ['an exclamation mark', '!*.js @lena'],
    ['a range', '[ab].js @lena'],
    ['an escaped hash', '\\#a.js @lena'],
    ['an owner that is none', '*.js lena'],
  ])('are not told by a line with %s, which GitHub skips', (_, line) => {
    expect(codeOwnersOf(`* @ravi\n${line}`, ['a.js', '#a.js'])).toEqual(['ravi']);
  });

  it('may be of a name with a space', () => {
    expect(codeOwnersOf('my\\ file.js @lena', ['my file.js'])).toEqual(['lena']);
  });

  it('are each named once', () => {
    expect(codeOwnersOf('* @lena', ['a', 'b'])).toEqual(['lena']);
  });

  it('may stand behind two stars and a name', () => {
    expect(codeOwnersOf('src/**/test @lena', ['src/a/b/test/x.ts'])).toEqual(['lena']);
    expect(codeOwnersOf('src/**/test @lena', ['src/test'])).toEqual(['lena']);
    expect(codeOwnersOf('src/** @lena', ['src/a/b'])).toEqual(['lena']);
    expect(codeOwnersOf('** @lena', ['src/a/b'])).toEqual(['lena']);
    expect(codeOwnersOf('a?.js @lena', ['ab.js', 'abc.js'])).toEqual(['lena']);
  });
});

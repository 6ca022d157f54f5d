import { shown, words } from './words.ts';

/** What git lets no branch or tag hold (git-check-ref-format), where a `*` of a pattern counts as a letter. */
const NEVER_IN_REFS = /[\s~^:?[\]\\]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|^[-./]|[/.]$|\p{Cc}/u;

const patternOf = (what: string, example: string) =>
  words({
    what: `the name of a ${what}, or a pattern of names`,
    how: `Write it like ${example}: * stands for anything but a slash, ** for anything.`,
    pattern: /^\S{1,100}$/,
  })
    .refine((text) => !NEVER_IN_REFS.test(text), {
      error: ({ input }) =>
        `No ${what} can be called ${shown(input)}, so nothing would ever be deployed. Only * and ** are special here. Write it like ${example}.`,
      abort: true,
    })
    .refine((text) => !text.startsWith('refs/'), {
      error: `Leave out refs/heads/ and refs/tags/: here stands the name alone, like ${example}.`,
    });

/** Branches whose pushes are deployed. */
export const BranchPattern = patternOf('branch', 'main or feature/*');
/** Tags that are deployed. */
export const TagPattern = patternOf('tag', 'v*');

/** A branch or a tag by its name. */
export const RefName = words({
  what: 'the name of a branch',
  how: 'Write it like main.',
  pattern: /^\S{1,100}$/,
}).refine((text) => !NEVER_IN_REFS.test(text) && !text.includes('*'), {
  error: ({ input }) => `${shown(input)} is not a name git knows. Write it like main.`,
});

const INSIDE = /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))(?!.*\/\/)[^\p{Cc}\\]{1,200}(?<!\/)$/u;

/** A file of a repository. */
export const RepositoryFile = words({
  what: 'the path of a file',
  how: 'Write it from the top of the repository, like CHANGELOG.md or docs/CHANGELOG.md.',
  pattern: INSIDE,
}).refine((text) => !text.includes('*'), {
  error: 'Name one file here. Patterns have no effect.',
});

/** Files of a repository. */
export const FilePattern = words({
  what: 'a pattern of files',
  how: 'Write it from the top of the repository, like migrations/**/*.sql: * stands for anything but a slash, ** for any folders.',
  pattern: INSIDE,
});

import { z } from 'zod';
import { Duration } from './duration.ts';
import { Name } from './names.ts';
import { RefName } from './repository-names.ts';
import { oneOf, shown, words } from './words.ts';

const login = '[A-Za-z\\d](?:[A-Za-z\\d]|-(?=[A-Za-z\\d])){0,38}';

const Login = z.string().regex(new RegExp(`^${login}(?:\\[bot\\])?$`), {
  error: ({ input }) =>
    `${shown(input)} is not what anybody is called on GitHub. Write the login, like octocat.`,
});

const Person = words({
  what: 'the id of a person in Slack',
  how: 'Open the profile in Slack, then ⋮, then "Copy member ID": it begins with U.',
  pattern: /^[UW][A-Z0-9]{2,}$/,
});

const Label = words({
  what: 'a label',
  how: 'Write what GitHub is to show, in at most 50 characters.',
  pattern: /^[^\s\p{Cc}](?:[^\p{Cc}]{0,48}[^\s\p{Cc}])?$/u,
});

const reviewersUsage = 'Write codeowners, or a list of logins and teams like [octocat, acme/backend].';
const Reviewers = z.union(
  [
    z.literal('codeowners'),
    z.array(
      words({
        what: 'a person or a team on GitHub',
        how: 'Write a login like octocat, or a team like acme/backend.',
        pattern: new RegExp(`^${login}(?:/[A-Za-z\\d][\\w.-]{0,99})?$`),
      }),
    ),
  ],
  { error: ({ input }) => `${shown(input)} names nobody. ${reviewersUsage}` },
);

const count = 'Write a whole number of people, from 0 to 6.';

const Ship = z
  .strictObject({
    base: RefName.default('main').describe('The branch that pull requests go into.'),
    labels: z
      .array(Label)
      .default(['refactoring', 'ai-generated', 'forge-factory'])
      .describe('What every pull request is labelled with.'),
    reviewers: Reviewers.default('codeowners').describe(reviewersUsage),
    merge: oneOf(
      ['merge', 'squash', 'rebase'],
      (input) => `${shown(input)} is no way to merge. Write merge, squash or rebase.`,
    ).default('squash'),
    reviews: z
      .int(count)
      .min(0, count)
      .max(6, count)
      .default(1)
      .describe('How many other people must have approved it on GitHub.'),
    // biome-ignore lint/suspicious/noThenProperty: a word of the file; being no function, it is never taken for a promise's.
    then: Name.optional().describe(
      'The environment it is deployed to once it is merged. Left out: the first one whose branch is `base`.',
    ),
  })
  .describe('How `/forge ship` brings a branch into the base.');

/** How Forge works with GitHub; its credentials come from the environment. */
export const Github = z
  .strictObject({
    triggers: oneOf(
      ['webhook', 'polling'],
      (input) =>
        `${shown(input)} is no way to hear of pushes. Write webhook (GitHub tells Forge) or polling (Forge asks GitHub), or leave it out: then nothing is deployed without a person.`,
    ).optional(),
    'poll every': Duration.optional().describe('How often GitHub is asked. Left out: every 30s.'),
    people: z
      .record(Login, Person)
      .default({})
      .describe(
        'Who somebody on GitHub is in Slack, like { octocat: U0SAM }. Those who are not here are known by an e-mail address both have verified.',
      ),
    ship: Ship.prefault({}),
  })
  .describe('How Forge works with GitHub. Left out: it does not.');
export type Github = z.infer<typeof Github>;

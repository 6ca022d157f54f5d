import { z } from 'zod';
import { SEVERITIES } from '../domain/check.ts';
import { Duration } from './duration.ts';
import { Name } from './names.ts';
import { RoleKey } from './people-setting.ts';
import { FilePattern, RepositoryFile } from './repository-names.ts';
import { Size } from './size.ts';
import { oneOf, shown, words } from './words.ts';

const Command = words({
  what: 'a command',
  how: 'Write it as you would type it in the repository, on one line, like npm test.',
  pattern: /^[^\s\p{Cc}](?:[^\p{Cc}]{0,998}[^\s\p{Cc}])?$/u,
});

const Title = (what: string, how: string) =>
  words({ what, how, pattern: /^[^\s\p{Cc}](?:[^\p{Cc}]{0,68}[^\s\p{Cc}])?$/u });

const count = 'Write a whole number of findings, 0 or more.';
const Count = z.int(count).min(0, count).optional();
const severities = SEVERITIES.join(', ');

const Scan = z
  .strictObject({ critical: Count, high: Count, medium: Count, low: Count })
  .refine((most) => Object.keys(most).length > 0, {
    error: `Name at least one severity. Write { critical: 0, high: 0 }: how many findings there may be. Severities: ${severities}.`,
    // A misspelt one is told by its name.
    when: ({ issues }) => issues.length === 0,
  })
  .describe(
    `How many findings the scan of the image may have, like { critical: 0, high: 0 }; ${severities}. A limit counts for what is more severe too.`,
  );

const Yes = z
  .union([z.literal('yes'), z.literal(true)], {
    error: ({ input }) =>
      `${shown(input)} says nothing here. Write image: yes, or leave the whole check out.`,
  })
  .describe('The image of the commit is in the registry of every region.');

/** One check as it is written: exactly one of its keys says what is looked at. */
export const CheckKeys = z.strictObject({
  name: Title(
    'a name',
    'Say what people call the check, in at most 70 characters, like Unit tests.',
  ).optional(),
  within: Duration.optional().describe('How long it may take.'),
  run: Command.optional(),
  install: Command.optional().describe(
    'Run before the command, once for each checkout; or off. Left out: what fits npm, npx, pnpm or yarn, else nothing.',
  ),
  'install within': Duration.optional(),
  'output limit': Size.optional().describe('Of the output so much is kept, of its end.'),
  github: Title(
    'the name of a check',
    'It is the name GitHub shows beside the commit: of a job, a check run or a commit status.',
  ).optional(),
  accepts: z
    .array(
      oneOf(
        ['neutral', 'skipped'],
        (input) => `${shown(input)} cannot count as passed. Write neutral or skipped, or leave it out.`,
      ),
    )
    .optional()
    .describe('What besides passed counts as passed: neutral, skipped.'),
  image: Yes.optional(),
  scan: Scan.optional(),
  override: RoleKey.optional().describe('Whose word lets it pass all the same, with a reason: a role.'),
  staged: Name.optional().describe('The environment in which this very image must have been live before.'),
  'migrations safe': FilePattern.optional().describe(
    'Files with SQL in which nothing may be destroyed outside a contract step.',
  ),
  changelog: RepositoryFile.optional().describe('The file that must have changed since what is live.'),
  box: Title('what the box says', 'Write what a person confirms, in at most 70 characters.').optional(),
  by: RoleKey.optional().describe('Who may tick the box: a role. Left out: whoever may deploy.'),
});
export type CheckKeys = z.infer<typeof CheckKeys>;

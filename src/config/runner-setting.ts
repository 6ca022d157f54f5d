import { z } from 'zod';
import { oneOf, shown, words } from './words.ts';

const count = 'Write a whole number from 1 to 16.';

/** Where commands of checks run. */
export const Runner = z
  .strictObject({
    isolation: oneOf(['bubblewrap', 'user', 'none'], (input) =>
      input === undefined
        ? `Say what keeps the code of a branch away from Forge. ${isolations}`
        : `${shown(input)} is no isolation. ${isolations}`,
    ),
    user: words({
      what: 'the name of a user of this machine',
      how: 'Make one that owns nothing, and name it like forge-runner.',
      pattern: /^[a-z_][a-z0-9_-]{0,31}$/,
    }).optional(),
    network: oneOf(
      ['none', 'open'],
      (input) => `${shown(input)} is no network. Write none, or open where commands need it.`,
    )
      .default('none')
      .describe('What a command may reach while it runs; installing always has the network.'),
    'at once': z.int(count).min(1, count).max(16, count).optional().describe('So many at the same time.'),
    folder: words({
      what: 'a folder of this machine',
      how: 'Write the whole path, like /var/lib/forge-runner. Left out: beside the database.',
      pattern: /^\/[^\p{Cc}]{0,199}$/u,
    }).optional(),
  })
  .describe('Where commands of checks run. Left out: there are none.');
export type Runner = z.infer<typeof Runner>;

const isolations =
  'Write bubblewrap (namespaces of their own, in which nothing of this machine is seen), user (another user of this machine), or none: then whoever may push a branch can read everything Forge can.';

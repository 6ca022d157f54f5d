import { z } from 'zod';
import { CheckTask } from './check-task-setting.ts';
import { oneOf, shown, words } from './words.ts';

const count = 'Write a whole number from 1 to 16.';

/** Where commands of checks run. */
export const Runner = z
  .strictObject({
    isolation: oneOf(['bubblewrap', 'user', 'ecs-task', 'none'], (input) =>
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
    reach: z
      .array(
        words({
          what: 'a host that commands may reach',
          how: 'Write its name like registry.npmjs.org, *.example.com for all below it, either with a port like :8443 where it is neither 80 nor 443, or "*" for the whole internet.',
          pattern:
            /^(?:\*|(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[1-9]\d{0,4})?)$/i,
        }),
      )
      .max(100, 'Write at most 100 hosts.')
      .optional()
      .describe(
        'What installing, and commands with network: open, may speak to by HTTP and HTTPS; nothing else is reached. Left out: registry.npmjs.org. "*" is the whole internet, but not your own network: a host of that is reached where it is named.',
      ),
    task: CheckTask.optional(),
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
  'Write bubblewrap (namespaces of their own, in which nothing of this machine is seen), user (another user of this machine), ecs-task (tasks of ECS of their own, without a role), or none: then whoever may push a branch can read everything Forge can.';

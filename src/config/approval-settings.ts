import { z } from 'zod';
import { Duration } from './duration.ts';
import { GroupName } from './people-setting.ts';
import { shown } from './words.ts';

const usage =
  'Write from: { release-managers: 1, security: 1 }: roles and groups of `people`, and how many of each.';

const Count = z.int({
  error: ({ input }) => `${shown(input)} is not a number of people. Write a whole number from 1 to 10.`,
});
const bounds = 'Write a whole number of people, from 1 to 10.';

/** Who must say yes before a deployment may start. */
export const Approvals = z
  .strictObject({
    from: z
      .record(GroupName, Count.min(1, bounds).max(10, bounds))
      .refine((needs) => Object.keys(needs).length > 0, { error: `Name at least one. ${usage}` })
      .describe(`So many people of each role or group; one person counts for one of them only. ${usage}`),
    within: Duration.default(7_200_000).describe('Unanswered for so long, a deployment has expired.'),
    'emergency alone': z
      .boolean('Write true or false.')
      .default(false)
      .describe('Whether an incident commander may let an emergency go that they asked for themselves.'),
  })
  .describe(`Who must say yes before a deployment may start; never who asked for it. ${usage}`);
export type Approvals = z.infer<typeof Approvals>;

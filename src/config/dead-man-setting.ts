import { z } from 'zod';
import { Duration } from './duration.ts';
import { oneOf, shown, words } from './words.ts';

const usage =
  'Write { role: "arn:aws:iam::…:role/…" } with the role EventBridge Scheduler moves traffic with, or off.';

/** What happens when Forge dies while traffic is split: `off`, or who moves traffic back and when. */
export const DeadManSwitch = z
  .union(
    [
      z.literal('off'),
      z.strictObject({
        after: Duration.default(300_000),
        role: words({
          what: 'the ARN of an IAM role',
          how: 'EventBridge Scheduler moves traffic with it: it may call ModifyRule. Write it like "arn:aws:iam::222222222222:role/forge-dead-man-switch".',
          pattern: /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
        }),
        'when it cannot be armed': oneOf(
          ['ask', 'go on'],
          (input) => `${shown(input)} is no answer to that. Write ask, or go on.`,
        ).default('ask'),
      }),
    ],
    { error: ({ input }) => `${shown(input)} is no setting of the dead man switch. ${usage}` },
  )
  .describe(`Returns traffic by itself when Forge falls silent while it is split. ${usage}`);
export type DeadManSwitch = z.infer<typeof DeadManSwitch>;

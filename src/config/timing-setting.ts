import { z } from 'zod';
import { Duration } from './duration.ts';

const length = (milliseconds: number, what: string) => Duration.default(milliseconds).describe(what);

/** How often Forge looks and how long it waits. */
export const Timing = z
  .strictObject({
    poll: length(5_000, 'Between two looks at a service that is changing.'),
    observe: length(30_000, 'Longest look before it is written down.'),
    'start within': length(600_000, 'A release must be healthy within this time.'),
    'smoke within': length(120_000, 'Smoke tests must pass within this time.'),
    settle: length(15_000, 'Between a change of weights and the first measurement that counts for it.'),
    probe: length(5_000, 'Between two requests of Forge’s own to each colour.'),
    'metric period': length(60_000, 'Of the load balancer’s metrics; a minute at AWS.'),
    'metric delay': length(180_000, 'A metric that is not there so long after its period will not come.'),
    'evidence within': length(
      1_800_000,
      'How long a bake waits for enough requests before people are asked.',
    ),
    'watch after return': length(300_000, 'How long traffic is watched after it was moved back.'),
    silence: length(120_000, 'How long AWS may be silent before a person is asked.'),
    'question within': length(1_800_000, 'After this time a question gets its safe answer.'),
    'message every': length(2_000, 'Least time between two edits of one message.'),
    'message refresh': length(10_000, 'A running deployment’s clocks are redrawn this often.'),
  })
  .refine(({ poll, observe }) => poll <= observe, {
    path: ['observe'],
    error: 'The longest look must not be shorter than `poll`. Raise observe or lower poll.',
  })
  .describe('How often Forge looks and how long it waits. Fit for AWS as it is: leave it out.');

import { z } from 'zod';
import { Duration } from './duration.ts';
import { ImageTemplate } from './image-template.ts';
import { strategyNotYet } from './not-yet.ts';
import { SmokeSentence } from './smoke-test.ts';
import { oneOf, shown, words } from './words.ts';

/** Names are typed in Slack, so they are short, lower-case and the same on every keyboard. */
const Name = words({
  what: 'a name people can type',
  how: 'Use lower-case letters, digits and single dashes, beginning with a letter, like "api" or "data-import".',
  pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
}).max(40, 'Names have at most 40 characters: people type them on phones.');

const Region = words({
  what: 'an AWS region',
  how: 'Write it like us-east-1.',
  pattern: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
});

const AwsName = (what: string, how: string) =>
  words({ what, how, pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/ });

const Account = z.strictObject({
  account: words({
    what: 'an AWS account number',
    how: 'Write its 12 digits in quotes, like "111111111111": without quotes a leading zero is lost.',
    pattern: /^\d{12}$/,
  }),
});

const People = z.strictObject({
  admins: z
    .array(
      words({
        what: 'the Slack id of a person',
        how: 'In Slack open the profile, then ⋮, then "Copy member ID": it begins with U. Names may change, ids do not.',
        pattern: /^[UW][A-Z0-9]{2,}$/,
      }),
    )
    .min(1, 'Name at least one person: Forge tells the admins when it cannot get on by itself.')
    .describe('Who is told when Forge itself cannot get on. Slack ids of people.'),
});

const Run = z.strictObject({
  url: words({
    what: 'the public address of the service',
    how: 'Write it like "https://staging.example.com": a host, perhaps a port and a path, but no user, password, query or fragment.',
    pattern: /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/,
  })
    .refine(URL.canParse, {
      error: ({ input }) =>
        `${shown(input)} is not an address that can be asked. Correct its host or its port (1 to 65535).`,
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  cluster: AwsName('the name of an ECS cluster', 'It is the name, not the ARN.'),
  service: AwsName('the name of an ECS service', 'It is the name, not the ARN.'),
});

const Service = z.strictObject({
  title: words({
    what: 'a title',
    how: 'Say what people call the service, like "Public API".',
    pattern: /^\S(?:.{0,78}\S)?$/,
  }),
  kind: oneOf(['web', 'worker'], (input) =>
    input === 'scheduled'
      ? 'Forge does not deploy scheduled services yet. Remove the service until it does.'
      : `${shown(input)} is not a kind of service. Write web (behind a load balancer) or worker (without one).`,
  ).describe('web: behind a load balancer. worker: without one.'),
  repository: words({
    what: 'a GitHub repository',
    how: 'Write it like acme/api.',
    pattern: /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/,
  }),
  image: ImageTemplate,
  container: AwsName(
    'the name of a container',
    'It is the container of the task definition that carries the image; leave it out when there is only one essential container.',
  ).optional(),
  smoke: z
    .array(SmokeSentence)
    .optional()
    .describe('Requests a release must answer as expected before it counts as good.'),
  'smoke times in a row': z
    .int('Write a whole number.')
    .min(1, 'Smoke tests must pass at least once.')
    .max(20, 'More than 20 times in a row only makes people wait.')
    .default(3)
    .describe('How often in a row all smoke tests must pass.'),
  runs: z
    .record(Name, z.record(Region, Run))
    .describe('Where the service runs: environment, then region, then cluster and service.'),
});

const Environment = z.strictObject({
  channel: words({
    what: 'the id of a Slack channel',
    how: 'In Slack open the channel, click its name and copy the id at the end of "About": it begins with C. Names may change, ids do not.',
    pattern: /^[CG][A-Z0-9]{2,}$/,
  }),
  deploys: z
    .strictObject({
      branch: words({
        what: 'the name of one branch',
        how: 'Write it like main, at most 100 characters long. Patterns such as feature/* have no effect yet.',
        pattern: /^[^\s*?[\]~^:\\]{1,100}$/,
      }),
    })
    .describe('What is deployed when nobody names a version, commit or branch.'),
  regions: z
    .array(Region)
    .min(1, 'Name at least one region, or leave `regions` out.')
    .optional()
    .describe('The order of regions. Left out: the order in which the services name them.'),
  'default service': words({
    what: 'the name of one of your services',
    how: 'It is what a deployment here is of when nobody names a service.',
    pattern: /^[a-z][a-z0-9-]*$/,
  }).optional(),
  strategy: oneOf(['rolling'], strategyProblem).describe('How a release is put on a service.'),
});

const Timing = z
  .strictObject({
    poll: Duration.default(5_000).describe('Between two looks at a service that is changing.'),
    observe: Duration.default(30_000).describe('Longest look before it is written down.'),
    'start within': Duration.default(600_000).describe('A release must be healthy within this time.'),
    'smoke within': Duration.default(120_000).describe('Smoke tests must pass within this time.'),
    silence: Duration.default(120_000).describe('How long AWS may be silent before a person is asked.'),
    'question within': Duration.default(1_800_000).describe(
      'After this time a question gets its safe answer.',
    ),
    'message every': Duration.default(2_000).describe('Least time between two edits of one message.'),
    'message refresh': Duration.default(10_000).describe(
      'A running deployment’s clocks are redrawn this often.',
    ),
  })
  .refine(({ poll, observe }) => poll <= observe, {
    path: ['observe'],
    error: 'The longest look must not be shorter than `poll`. Raise observe or lower poll.',
  })
  .describe('How often Forge looks and how long it waits. Fit for AWS as it is: leave it out.');

/** The policy file as people write it; parsing gives milliseconds and smoke tests instead of words. */
export const PolicyFile = z.strictObject({
  aws: z.record(Name, Account).describe('The AWS account of each environment.'),
  people: People,
  services: z.record(Name, Service).describe('What Forge deploys.'),
  environments: z.record(Name, Environment).describe('Where people deploy to.'),
  timing: Timing.prefault({}),
});
export type PolicyFile = z.infer<typeof PolicyFile>;

function strategyProblem(input: unknown): string {
  if (input === undefined) return 'Add the strategy. Write rolling.';
  return strategyNotYet(input) ?? `${shown(input)} is not a strategy. Write rolling.`;
}

import { z } from 'zod';
import { Approvals } from './approval-settings.ts';
import { Build } from './build-setting.ts';
import { Checks } from './check-settings.ts';
import { Database } from './database-setting.ts';
import { DeadManSwitch } from './dead-man-setting.ts';
import { Duration } from './duration.ts';
import { PassTargets, Triggers } from './gate-settings.ts';
import { Github } from './github-setting.ts';
import { ImageTemplate } from './image-template.ts';
import { AwsName, Name, Region } from './names.ts';
import { People } from './people-setting.ts';
import { Percent } from './percent.ts';
import { BranchPattern, TagPattern } from './repository-names.ts';
import { Run } from './run-setting.ts';
import { Runner } from './runner-setting.ts';
import { Schedules } from './schedules-setting.ts';
import { SmokeSentence } from './smoke-test.ts';
import { Timing } from './timing-setting.ts';
import { Strategy } from './traffic-steps.ts';
import { Windows } from './window-settings.ts';
import { oneOf, shown, words } from './words.ts';

const Account = z.strictObject({
  account: words({
    what: 'an AWS account number',
    how: 'Write its 12 digits in quotes, like "111111111111": without quotes a leading zero is lost.',
    pattern: /^\d{12}$/,
  }),
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
  strategies: z
    .record(Name, Strategy)
    .default({})
    .describe('By environment, instead of the strategy of the environment.'),
  gates: PassTargets.optional(),
  'roll back when': Triggers.optional(),
  people: z
    .record(Name, People)
    .default({})
    .describe('By environment, instead of what is said for all services there.'),
  database: z
    .record(Name, Database)
    .default({})
    .describe('The RDS instance it uses, by environment, like { production: { instance: … } }.'),
  checks: Checks,
  build: Build.optional(),
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
        how: 'Write it like main, at most 100 characters long. Patterns such as feature/* stand at `on push`.',
        pattern: /^[^\s*?[\]~^:\\]{1,100}$/,
      }),
      'on push': BranchPattern.optional().describe('Branches whose pushes are deployed without a person.'),
      'on tag': TagPattern.optional().describe('Tags that are deployed without a person.'),
    })
    .describe('What is deployed when nobody names a version, commit or branch, and what by itself.'),
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
  people: People.optional(),
  production: z
    .boolean('Write true or false.')
    .optional()
    .describe('Whether customers are here: then traffic is the evidence and the dead man switch is on.'),
  strategy: Strategy,
  evidence: oneOf(
    ['traffic', 'smoke'],
    (input) => `${shown(input)} is no evidence. Write traffic, or smoke where too few people come by.`,
  )
    .optional()
    .describe(
      'traffic: without requests nothing is known, and a deployment waits. smoke: smoke tests and health are enough.',
    ),
  confidence: Percent.optional().describe('How sure Forge must be that errors are below their limit.'),
  standby: Duration.optional().describe('How long the colour that was live stays warm after a deployment.'),
  gates: PassTargets.optional(),
  'roll back when': Triggers.optional(),
  'dead man switch': DeadManSwitch.optional(),
  approvals: Approvals.optional(),
  windows: Windows.optional(),
  checks: Checks,
});

/** The policy file as people write it; parsing gives milliseconds and smoke tests instead of words. */
export const PolicyFile = z.strictObject({
  aws: z.record(Name, Account).describe('The AWS account of each environment.'),
  people: People.refine(({ admins = [] }) => admins.length > 0, {
    path: ['admins'],
    error: 'Name at least one person: Forge tells the admins when it cannot get on by itself.',
  }),
  services: z.record(Name, Service).describe('What Forge deploys.'),
  environments: z.record(Name, Environment).describe('Where people deploy to.'),
  schedules: Schedules.optional(),
  github: Github.optional(),
  runner: Runner.optional(),
  timing: Timing.prefault({}),
});
export type PolicyFile = z.infer<typeof PolicyFile>;

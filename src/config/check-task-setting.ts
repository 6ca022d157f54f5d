import { z } from 'zod';
import { AwsName, Region } from './names.ts';
import { words } from './words.ts';

/** How many AWS takes. */
const MOST_SUBNETS = 16;
const MOST_GROUPS = 5;

/** The task of ECS that a command of a check runs in. */
export const CheckTask = z
  .strictObject({
    region: Region,
    cluster: AwsName(
      'the name of an ECS cluster',
      'Tasks of checks run there; best one that holds nothing else.',
    ),
    definition: words({
      what: 'a task definition',
      how: 'Write its family, like forge-check, made from templates/aws/check-runner. With :7 at its end Forge keeps to that revision.',
      pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}(?::[1-9]\d{0,8})?$/,
    }),
    subnets: z
      .array(
        words({
          what: 'the id of a subnet',
          how: 'Write it like subnet-0a1b2c3d4e5f60718.',
          pattern: /^subnet-[0-9a-f]{8,17}$/,
        }),
      )
      .min(1, 'Name at least one subnet.')
      .max(MOST_SUBNETS, `AWS takes at most ${MOST_SUBNETS} subnets.`),
    'security groups': z
      .array(
        words({
          what: 'the id of a security group',
          how: 'Write it like sg-0a1b2c3d4e5f60718: one of its own, that lets nothing in and that nothing of yours lets in.',
          pattern: /^sg-[0-9a-f]{8,17}$/,
        }),
      )
      .min(
        1,
        'Name a security group of its own: the default one of a network reaches everything else in that group.',
      )
      .max(MOST_GROUPS, `AWS takes at most ${MOST_GROUPS} security groups.`),
    'public address': z
      .boolean('Write true or false.')
      .default(false)
      .describe('For subnets that reach the internet without a NAT gateway.'),
  })
  .describe('With isolation: ecs-task, the task of ECS that each command runs in.');

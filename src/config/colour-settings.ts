import { z } from 'zod';
import { AwsName } from './names.ts';
import { words } from './words.ts';

export const EcsService = AwsName('the name of an ECS service', 'It is the name, not the ARN.');

const elb = 'arn:aws(?:-[a-z]+)*:elasticloadbalancing:[a-z0-9-]+:\\d{12}';
const id = '[0-9a-f]{16}';
const name = '[A-Za-z0-9-]{1,32}';

/** One of a service's two ECS services. */
export const ColourPlace = z
  .strictObject({
    service: EcsService,
    'target group': words({
      what: 'the ARN of a target group',
      how: 'In the EC2 console open the target group and copy its ARN: "arn:aws:elasticloadbalancing:…:targetgroup/…".',
      pattern: new RegExp(`^${elb}:targetgroup/${name}/${id}$`),
    }),
  })
  .describe('One of the two ECS services, with the target group it is behind.');

/** The listener rules that carry a service's traffic. */
export const Rules = z
  .array(
    words({
      what: 'the ARN of a listener rule of an application load balancer',
      how: 'In the EC2 console open the listener, then the rule, and copy its ARN: "arn:aws:elasticloadbalancing:…:listener-rule/app/…". A default rule has none: give the traffic a rule of its own.',
      pattern: new RegExp(`^${elb}:listener-rule/app/${name}/${id}/${id}/${id}$`),
    }),
  )
  .min(1, 'Name at least one rule.')
  .describe(
    'The listener rules whose weights split the traffic, by ARN; their weights are changed together.',
  );

/** How a request reaches one colour whatever the weights. */
export const Preview = z
  .strictObject({
    header: words({
      what: 'the name of a request header',
      how: 'Write it like X-Forge-Preview.',
      pattern: /^[A-Za-z][A-Za-z0-9-]{0,39}$/,
    }),
    'value from': words({
      what: 'the name of an environment variable',
      how: 'That variable holds the secret: secrets never stand here. Write it like FORGE_PREVIEW_TOKEN.',
      pattern: /^[A-Z][A-Z0-9_]*$/,
    }),
  })
  .describe('A request with this header, of the value secret-blue or secret-green, goes to that colour.');

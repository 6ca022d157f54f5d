import { describe, expect, it } from 'vitest';
import {
  blueGroup,
  firstRule,
  goodInColours,
  greenGroup,
  otherId,
  recoloured,
  secondRule,
  twoInColours,
} from './colours-text.ts';
import { sentences } from './policy-text.ts';

const place = 'services.api.runs.production.us-east-1';
const strategy = (value: string) => recoloured('strategy: canary', `strategy: ${value}`);
const colours = / {10}blue:[\s\S]*FORGE_PREVIEW_TOKEN }\n/;

const worker = `  mailer:
    title: Mailer
    kind: worker
    repository: acme/mailer
    image: "{account}.dkr.ecr.{region}.amazonaws.com/mailer:git-{commit}"
    runs:
      production:
        us-east-1: { cluster: acme, service: mailer }
environments:`;

describe('a mistake about colours', () => {
  it('is none where two services have colours of their own', () => {
    expect(sentences(goodInColours)).toEqual([]);
    expect(sentences(twoInColours)).toEqual([]);
  });

  it.each([
    {
      what: 'a service without any ECS service',
      text: recoloured(colours, ''),
      problem: `${place}.service: Add the name of an ECS service. Or two of them, as blue and green`,
    },
    {
      what: 'one ECS service beside two',
      text: recoloured('cluster: acme\n', 'cluster: acme\n          service: api\n'),
      problem: `${place}.service: Blue and green name the ECS services here.`,
    },
    {
      what: 'a missing colour',
      text: recoloured(/ {10}green: .*\n/, ''),
      problem: `${place}.green: Add green: { service: …, target group: … }`,
    },
    {
      what: 'no rules',
      text: recoloured(/ {10}rules: .*\n/, ''),
      problem: `${place}.rules: Add the rules: ARNs`,
    },
    {
      what: 'no preview',
      text: recoloured(/ {10}preview: .*\n/, ''),
      problem: `${place}.preview: Add preview: { header: X-Forge-Preview, value from: FORGE_PREVIEW_TOKEN }`,
    },
    {
      what: 'a secret in the place of the name of its variable',
      text: recoloured('FORGE_PREVIEW_TOKEN', 'hunter2-hunter2'),
      problem: `${place}.preview."value from": "hunter2-hunter2" is not the name of an environment variable. That variable holds the secret: secrets never stand here.`,
    },
    {
      what: 'a header that cannot be one',
      text: recoloured('X-Forge-Preview', '"X Forge"'),
      problem: `${place}.preview.header: "X Forge" is not the name of a request header`,
    },
    {
      what: 'a target group by name',
      text: recoloured(blueGroup, 'api-blue'),
      problem: `${place}.blue."target group": "api-blue" is not the ARN of a target group`,
    },
    {
      what: 'a listener in the place of a rule',
      text: recoloured(firstRule, firstRule.replace('listener-rule', 'listener')),
      problem: `${place}.rules[0]: "arn:aws:elasticloadbalancing:us-east-1:222222222222:listener/app/acme/`,
    },
    {
      what: 'a rule of a network load balancer',
      text: recoloured(firstRule, firstRule.replace('/app/', '/net/')),
      problem: 'is not the ARN of a listener rule of an application load balancer',
    },
    {
      what: 'a target group in another region',
      text: recoloured(greenGroup, greenGroup.replace('us-east-1', 'eu-west-1')),
      problem: `${place}.green."target group": It is in eu-west-1, and this is what runs in us-east-1`,
    },
    {
      what: 'a rule in another account',
      text: recoloured(secondRule, secondRule.replace('222222222222', '333333333333')),
      problem: `${place}.rules[1]: It is in the account 333333333333, and the environment's is 222222222222`,
    },
    {
      what: 'rules of two load balancers',
      text: recoloured(secondRule, secondRule.replace('/acme/', '/shop/')),
      problem: `${place}.rules[1]: This rule is of another load balancer than the first one`,
    },
    {
      what: 'rules of a load balancer and of its successor by the same name',
      text: recoloured(secondRule, secondRule.replace('0011223344556677', '1011223344556677')),
      problem: `${place}.rules[1]: This rule is of another load balancer than the first one`,
    },
    {
      what: 'a rule twice',
      text: recoloured(secondRule, firstRule),
      problem: `${place}.rules[1]: This rule stands here twice`,
    },
    {
      what: 'one target group for both colours',
      text: recoloured(greenGroup, blueGroup),
      problem: `${place}.green."target group": Blue and green share this target group`,
    },
    {
      what: 'one ECS service for both colours',
      text: recoloured('api-green,', 'api-blue,'),
      problem: `${place}.green.service: Blue and green share this ECS service`,
    },
    {
      what: 'a target group of two services',
      text: twoInColours.replace(otherId(blueGroup), greenGroup),
      problem:
        'services.shop.runs.production.us-east-1.blue."target group": This target group already belongs to api runs production',
    },
    {
      what: 'a rule of two services',
      text: twoInColours.replace(otherId(firstRule), secondRule),
      problem:
        'services.shop.runs.production.us-east-1.rules[0]: This rule already belongs to api runs production',
    },
    {
      what: 'an ECS service of two services',
      text: twoInColours.replace('service: shop-green', 'service: api-blue'),
      problem:
        'services.shop.runs.production.us-east-1.green.service: This ECS service already belongs to api runs production',
    },
    {
      what: 'a service without colours where traffic is moved',
      text: recoloured(colours, '          service: api\n'),
      problem:
        'services.api.runs.production: It runs on one ECS service there, and canary needs two to move traffic between. Give it blue, green, rules and preview, or add strategies: { production: rolling } to api.',
    },
    {
      what: 'a worker where traffic is moved',
      text: recoloured('environments:', worker),
      problem:
        'services.mailer.runs.production: A worker has no traffic to move, so it cannot be deployed canary. Add strategies: { production: rolling } to mailer.',
    },
    {
      what: 'colours where nothing moves traffic',
      text: strategy('rolling'),
      problem: `${place}.blue: Rolling replaces the tasks of one ECS service, and here are two.`,
    },
    {
      what: 'a worker in colours',
      text: recoloured('kind: web', 'kind: worker'),
      problem: `${place}.blue: A worker stands behind no load balancer`,
    },
  ])('is told with its place and its remedy: $what', ({ text, problem }) => {
    expect(sentences(text)).toContainEqual(expect.stringContaining(problem));
  });

  it('is mended by a strategy of the service', () => {
    const text = recoloured('environments:', worker).replace(
      'kind: worker',
      'kind: worker\n    strategies: { production: rolling }',
    );

    expect(sentences(text)).toEqual([]);
  });
});

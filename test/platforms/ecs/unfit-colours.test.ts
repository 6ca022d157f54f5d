import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleArn } from '../../../sandbox/aws/names.ts';
import type { SeedLoadBalancer } from '../../../sandbox/aws/seed.ts';
import type { Colours, Policy } from '../../../src/domain/policy.ts';
import { PlatformRefused } from '../../../src/ports/platform.ts';
import { coloursOf, type InColours } from './coloured-seed.ts';
import { type EcsWorld, startEcsWorld, targetOf } from './ecs-world.ts';

type Odd = InColours['odd'];

/** Each is a service in colours whose load balancer somebody has set up so. */
const setUps: [name: string, odd: Odd, words: RegExp][] = [
  [
    'third',
    withRules((rule) => ({ ...rule, weights: { ...rule.weights, other: 0 } }), ['other']),
    /the rule with priority 100 does not forward to the target groups of both colours and to no other/,
  ],
  [
    'used-third',
    withRules((rule) => ({ ...rule, weights: { ...rule.weights, elsewhere: 5 } }), ['elsewhere']),
    /the rule with priority 100 leads to another target group/,
  ],
  [
    'single',
    withRules((rule) => ({ ...rule, weights: { 'single-blue': 1 } })),
    /does not forward to the target groups of both colours/,
  ],
  ['long-stick', withRules((rule) => ({ ...rule, stickySeconds: 61 })), /for 61 s .* is sticky/],
  [
    'unreached',
    without(11),
    /green cannot be tried out .* there is no listener rule for the header X-Forge-Preview/,
  ],
  ['live-unreached', without(10), /blue cannot be tried out/],
  ['behind', moved(11, 200), /the rule with priority 200, for the header X-Forge-Preview, comes after/],
  ['astray', leading(11, 'astray-blue'), /the listener rule leads elsewhere/],
];

const fit = ['split', 'disagreeing', 'gone', 'by-default', 'same-group', 'same-service', 'detached'];

describe('a service in colours that Forge must not deploy to', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      running: 'in-process',
      coloured: [
        ...setUps.map(([name, odd]) => ({ name, tasks: 1, ...(odd === undefined ? {} : { odd }) })),
        ...[...fit, 'sticky', 'busy', 'empty'].map((name) => ({ name, tasks: 1 })),
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it.each(setUps)('is refused with the reason: %s', async (name, _, words) => {
    const live = world.platform.live(targetOf(name), options());

    await expect(live).rejects.toThrow(words);
    await expect(live).rejects.toBeInstanceOf(PlatformRefused);
    await expect(live).rejects.not.toThrow(/secret-/);
  });

  it('is refused while its traffic is split, saying how', async () => {
    world.aws.weigh({ service: 'split', environment: 'staging', blue: 90, green: 10 });

    await expect(world.platform.live(targetOf('split'), options())).rejects.toThrow(
      /is split: blue 90 %, green 10 %\. Move all of it to one colour/,
    );
  });

  it('is refused while its rules disagree, saying how each of them is', async () => {
    const { rules, blue, green } = coloursOf('disagreeing');
    const [TargetGroups] = [
      [
        { TargetGroupArn: blue.targetGroup, Weight: 0 },
        { TargetGroupArn: green.targetGroup, Weight: 1 },
      ],
    ];
    const Actions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    await loadBalancing().send(new ModifyRuleCommand({ RuleArn: rules[1], Actions }));

    await expect(world.platform.live(targetOf('disagreeing'), options())).rejects.toThrow(
      /disagree \(the rule with priority 100: blue 100 %, green 0 %; the rule with priority 101: blue 0 %, green 100 %\)/,
    );
  });

  it('is refused when a rule of it does not exist, by name', async () => {
    const rule = ruleArn({ account: '111111111111', region: 'us-east-1', loadBalancer: 'gone' }, '7');
    const platform = platformWith('gone', ({ rules }) => ({ rules: [...rules, rule] }));

    await expect(platform.live(targetOf('gone'), options())).rejects.toThrow(
      `does not exist (any more): ${rule}. Create it, or correct “rules”`,
    );
  });

  it('is refused when it is reached by the default rule, whose weights cannot be changed', async () => {
    const name = { account: '111111111111', region: 'us-east-1', loadBalancer: 'by-default' };
    const platform = platformWith('by-default', () => ({ rules: [ruleArn(name, 'default')] }));

    await expect(platform.live(targetOf('by-default'), options())).rejects.toThrow(
      /the default rule of its listener, whose weights AWS lets nobody change\. Add a rule/,
    );
  });

  it('is refused when its colours are not apart', async () => {
    const oneGroup = platformWith('same-group', ({ blue, green }) => ({
      green: { ...green, targetGroup: blue.targetGroup },
    }));
    const oneService = platformWith('same-service', ({ blue, green }) => ({
      green: { ...green, service: blue.service },
    }));

    await expect(oneGroup.live(targetOf('same-group'), options())).rejects.toThrow(/the same target group/);
    await expect(oneService.live(targetOf('same-service'), options())).rejects.toThrow(
      /the same ECS service/,
    );
  });

  it('is refused when an ECS service is not attached to its target group', async () => {
    const other = coloursOf('split').green.targetGroup;
    const platform = platformWith('detached', ({ green }) => ({ green: { ...green, targetGroup: other } }));

    await expect(platform.live(targetOf('detached'), options())).rejects.toThrow(
      /green would get no requests: its ECS service detached-green is not attached to the target group/,
    );
  });

  it('is refused while a target group is sticky', async () => {
    await loadBalancing().send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: coloursOf('sticky').green.targetGroup,
        Attributes: [{ Key: 'stickiness.enabled', Value: 'true' }],
      }),
    );

    await expect(world.platform.live(targetOf('sticky'), options())).rejects.toThrow(
      /green has a target group with sticky sessions.*Turn stickiness off/,
    );
  });

  it('is refused while somebody else changes the live colour', async () => {
    const { ecs } = world.clients.in('us-east-1').act;
    const update = { cluster: 'test', service: 'busy-blue', forceNewDeployment: true };
    await ecs.send(new UpdateServiceCommand(update));

    await expect(world.platform.live(targetOf('busy'), options())).rejects.toThrow(
      /busy in staging \(us-east-1\), blue is being changed by somebody else/,
    );
  });

  it('is refused while the live colour is scaled to 0', async () => {
    const { ecs } = world.clients.in('us-east-1').act;
    await ecs.send(new UpdateServiceCommand({ cluster: 'test', service: 'empty-blue', desiredCount: 0 }));

    await expect(world.platform.live(targetOf('empty'), options())).rejects.toThrow(/blue is scaled to 0/);
  });

  function loadBalancing() {
    return world.clients.in('us-east-1').act.loadBalancing;
  }

  /** Another one whose policy says something else of the service. */
  function platformWith(name: string, change: (colours: Colours) => Partial<Colours>) {
    const colours = { ...coloursOf(name), ...change(coloursOf(name)) };
    const services = world.policy.services.map((service): Policy['services'][number] =>
      service.name === name
        ? { ...service, runs: { staging: [{ region: 'us-east-1', cluster: 'test', colours }] } }
        : service,
    );
    return world.anotherPlatform({ policy: { ...world.policy, services } });
  }
});

/** The first rule that splits the traffic, changed; with these target groups besides. */
function withRules(
  change: (rule: SeedLoadBalancer['rules'][number]) => SeedLoadBalancer['rules'][number],
  groups: string[] = [],
): Odd {
  return (balancer) => ({
    ...balancer,
    targetGroups: [...balancer.targetGroups, ...groups.map((name) => ({ name }))],
    rules: balancer.rules.map((rule) => (rule.priority === 100 ? change(rule) : rule)),
  });
}

function without(priority: number): Odd {
  return (balancer) => ({
    ...balancer,
    rules: balancer.rules.filter((rule) => rule.priority !== priority),
  });
}

function moved(from: number, to: number): Odd {
  return (balancer) => ({
    ...balancer,
    rules: balancer.rules.map((rule) => (rule.priority === from ? { ...rule, priority: to } : rule)),
  });
}

function leading(priority: number, targetGroup: string): Odd {
  return (balancer) => ({
    ...balancer,
    rules: balancer.rules.map((rule) =>
      rule.priority === priority ? { ...rule, weights: { [targetGroup]: 1 } } : rule,
    ),
  });
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}

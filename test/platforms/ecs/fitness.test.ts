import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { refuseUnfitColours, refuseUnserved } from '../../../src/platforms/ecs/fitness.ts';
import { coloursOf } from '../../../src/platforms/ecs/place.ts';
import { splitOf } from '../../../src/platforms/ecs/rule-actions.ts';
import type { ListenerRule } from '../../../src/platforms/ecs/rules.ts';
import { type EcsService, readServices } from '../../../src/platforms/ecs/service.ts';
import { startScriptedAws } from '../../aws/scripted-aws.ts';
import { anEnvironmentPolicy, aPolicy, aRegion } from '../../builders.ts';
import { aColouredService, aRuleArn, aTargetGroupArn } from '../../colour-builders.ts';
import { service } from './scripted-ecs.ts';

const [blueGroup, greenGroup] = [aTargetGroupArn('blue'), aTargetGroupArn('green')];
const target = { service: 'checkout', environment: 'production', region: aRegion };
const policy = aPolicy({ services: [aColouredService()], environments: [anEnvironmentPolicy()] });
const colours = coloursOf(policy, target);
const signIn: Action = { Type: 'authenticate-cognito', Order: 1 };

describe('how a rule splits the traffic', () => {
  it.each([
    ['percent of any weights', forward([3, 1]), { blue: 75, green: 25 }],
    ['one per cent though it is less', forward([1, 999]), { blue: 1, green: 99 }],
    ['not everything though it is nearly so', forward([999, 1]), { blue: 99, green: 1 }],
    ['everything only where the other has nothing', forward([999, 0]), { blue: 100, green: 0 }],
    [
      'everything to the only target group',
      [{ Type: 'forward', TargetGroupArn: greenGroup }],
      { blue: 0, green: 100 },
    ],
    ['what follows a sign-in', [signIn, ...forward([0, 7])], { blue: 0, green: 100 }],
    ['no split: a redirect', [{ Type: 'redirect' }], { other: 'redirects' }],
    [
      'no split: a page of its own',
      [signIn, { Type: 'fixed-response' }],
      { other: 'answers with a fixed response' },
    ],
    ['no split: weight 0 for both', forward([0, 0]), { other: 'gives no target group a weight' }],
    ['no split: no action at all', [], { other: 'gives no target group a weight' }],
  ] satisfies [string, Action[], object][])('is %s', (_, actions, split) => {
    expect(splitOf(actions, colours)).toEqual(split);
  });
});

describe('a service in colours', () => {
  it('is fit with whole weights for one colour on every rule, also where people sign in first', () => {
    const rules = [rule(forward([1, 0])), rule([signIn, ...forward([100, 0])])];

    expect(refuseUnfitColours(colours, { rules, services: attached(), isSticky: nobody })).toBe('blue');
  });

  it('is fit where a rule keeps people with their colour for a minute', () => {
    const rules = [rule(forward([0, 1], { Enabled: true, DurationSeconds: 60 }))];

    expect(refuseUnfitColours(colours, { rules, services: attached(), isSticky: nobody })).toBe('green');
  });

  it.each([
    ['redirects', [{ Type: 'redirect' }]],
    ['answers with a fixed response', [{ Type: 'fixed-response' }]],
  ] satisfies [string, Action[]][])('is refused when a rule %s', (words, actions) => {
    const seen = { rules: [rule(forward([1, 0])), rule(actions)], services: attached(), isSticky: nobody };

    expect(() => refuseUnfitColours(colours, seen)).toThrow(
      `is not Forge’s to move: the rule with priority 100 ${words}. Let it forward`,
    );
  });

  it('is refused when one ECS service is attached to both target groups', () => {
    const services = { ...attached(), blue: ecsService([blueGroup, greenGroup]) };
    const seen = { rules: [rule(forward([1, 0]))], services, isSticky: nobody };

    expect(() => refuseUnfitColours(colours, seen)).toThrow(/blue would get the other colour’s requests too/);
  });

  it('is refused without a rule', () => {
    const seen = { rules: [], services: attached(), isSticky: nobody };

    expect(() => refuseUnfitColours(colours, seen)).toThrow(/has no listener rule in forge\.yml/);
  });

  it('is refused when nothing answers on its live colour', () => {
    expect(() => refuseUnserved(colours.blue, 0)).toThrow(/blue takes the traffic and has no healthy target/);
    expect(() => refuseUnserved(colours.blue, 1)).not.toThrow();
  });

  it.each([
    [{ deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, /green has the ECS strategy BLUE_GREEN/],
    [
      { loadBalancers: [{ targetGroupArn: 'a', advancedConfiguration: {} }] },
      /green lets ECS shift its traffic/,
    ],
  ])('is refused when ECS moves its traffic: %j', async (odd, words) => {
    const services = [
      { ...service(), ...odd, serviceName: 'checkout-green' },
      { ...service(), serviceName: 'checkout-blue' },
    ];
    const aws = await startScriptedAws({ DescribeServices: () => ({ services }) });
    const { signal } = new AbortController();

    const read = readServices(aws.clients.in(aRegion).ask.ecs, colours, signal);

    await expect(read).rejects.toThrow(words);
    await aws.close();
  });

  it('is refused when one of its ECS services is missing, by name', async () => {
    const failures = [{ arn: 'arn:aws:ecs:us-east-1:1:service/shop/checkout-green', reason: 'MISSING' }];
    const services = [{ ...service(), serviceName: 'checkout-blue' }];
    const aws = await startScriptedAws({ DescribeServices: () => ({ services, failures }) });
    const { signal } = new AbortController();

    const read = readServices(aws.clients.in(aRegion).ask.ecs, colours, signal);

    await expect(read).rejects.toThrow(/the cluster shop has no service checkout-green/);
    await aws.close();
  });
});

const nobody = { blue: false, green: false };

function attached(): Record<'blue' | 'green', EcsService> {
  return { blue: ecsService([blueGroup]), green: ecsService([greenGroup]) };
}

function ecsService(targetGroups: string[]): EcsService {
  const primary = {
    id: 'ecs-svc/1',
    revision: 'arn:aws:ecs:us-east-1:123456789012:task-definition/checkout:1',
    state: 'completed',
    stateReason: undefined,
    running: 2,
    pending: 0,
    failedTasks: 0,
    createdAt: undefined,
  } as const;
  return { primary, others: [], desired: 2, targetGroups, events: [], settings: {} };
}

function rule(actions: Action[]): ListenerRule {
  const listener = aRuleArn();
  return { arn: aRuleArn(), listener, priority: 100, isDefault: false, conditions: [], actions };
}

function forward(
  [blue, green]: [number, number],
  TargetGroupStickinessConfig = { Enabled: false, DurationSeconds: 3_600 },
): Action[] {
  const TargetGroups = [
    { TargetGroupArn: blueGroup, Weight: blue },
    { TargetGroupArn: greenGroup, Weight: green },
  ];
  return [{ Type: 'forward', ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } }];
}

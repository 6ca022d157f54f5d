import type { Action, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, it } from 'vitest';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import { anEnvironmentPolicy, aPolicy, aRegion, aRelease } from '../../builders.ts';
import { aColouredService, aRuleArn, aTargetGroupArn } from '../../colour-builders.ts';
import { type ScriptedColours, startScriptedColours } from './scripted-colours.ts';
import { rollout, service } from './scripted-ecs.ts';

const target = { service: 'checkout', environment: 'production', region: aRegion };
const options = { signal: new AbortController().signal };
const [blueGroup, greenGroup] = [aTargetGroupArn('blue'), aTargetGroupArn('green')];
const release = aRelease();

/** What is unlike a finished rollout of a single task. */
type Rollouts = { primary?: object; others?: object[]; desiredCount?: number };

type World = {
  rule?: Action;
  /** How many targets of blue are healthy; default: 1. */
  healthy?: number;
  blue?: Rollouts;
  green?: Rollouts;
  /** Containers of green's revision; default: one. */
  containers?: string[];
};

describe('a service in colours', () => {
  let aws: ScriptedColours;
  let calls: string[];
  afterEach(() => aws.close());

  it('is refused while nothing answers on its live colour', async () => {
    const platform = await platformIn({ healthy: 0 });

    await expect(platform.live(target, options)).rejects.toThrow(
      /checkout in production \(.*\), blue takes the traffic and has no healthy target/,
    );
  });

  it('is live though nobody understands what its idle colour carries: its revision has a number', async () => {
    const platform = await platformIn({ containers: ['checkout', 'another'] });

    expect(await platform.live(target, options)).toMatchObject({
      place: 'blue',
      idle: { place: 'green', version: 'checkout-green:3', desired: 1 },
    });
  });

  it.each([
    ['a rule answers by itself', { rule: { Type: 'fixed-response' } }, /green takes traffic by now/],
    [
      'somebody else changes the live colour',
      { blue: { primary: { rolloutState: 'IN_PROGRESS' } } },
      /blue is being changed by somebody else/,
    ],
    [
      'somebody else changes the idle colour',
      { green: { primary: { rolloutState: 'IN_PROGRESS' } } },
      /green is being changed by somebody else/,
    ],
  ] satisfies [string, World, RegExp][])('is not started on while %s', async (_, world, words) => {
    const platform = await platformIn(world);

    await expect(platform.start(target, { on: 'green', release }, options)).rejects.toThrow(words);
    expect(calls).not.toContain('UpdateService');
  });

  it.each([
    [
      'failed',
      {
        primary: { rolloutState: 'FAILED' },
        others: [{ status: 'ACTIVE', taskDefinition: revision('green', 2) }],
      },
    ],
    ['has no tasks', { primary: { rolloutState: 'IN_PROGRESS' }, desiredCount: 0 }],
  ] satisfies [string, Rollouts][])(
    'is started on where a change of its idle colour %s',
    async (_, green) => {
      const platform = await platformIn({ green });

      await platform.start(target, { on: 'green', release }, options);

      expect(calls).toContain('UpdateService');
    },
  );

  it('without auto scaling gets none', async () => {
    const platform = await platformIn({});

    await platform.autoscaling(target, { on: 'green', mode: 'keep' }, options);

    expect(calls).toEqual(['DescribeScalableTargets']);
  });

  async function platformIn(world: World): Promise<Platform> {
    calls = [];
    const { rule = forward(100, 0), healthy = 1, blue = {}, green = {}, containers = ['checkout'] } = world;
    const answers: Record<string, (input: Record<string, unknown>) => object> = {
      DescribeServices: () => ({
        services: [ecsService('blue', blueGroup, blue), ecsService('green', greenGroup, green)],
      }),
      DescribeTaskDefinition: ({ taskDefinition }) => {
        const isGreen = String(taskDefinition).includes('green');
        return { taskDefinition: definition(String(taskDefinition), isGreen ? containers : ['checkout']) };
      },
      RegisterTaskDefinition: () => ({ taskDefinition: definition(revision('green', 4), ['checkout']) }),
      UpdateService: () => ({ service: ecsService('green', greenGroup, {}) }),
      DescribeScalableTargets: () => ({ ScalableTargets: [] }),
      RegisterScalableTarget: () => ({}),
    };
    const json = Object.fromEntries(
      Object.entries(answers).map(([operation, answer]) => [
        operation,
        (input: Record<string, unknown>) => {
          calls.push(operation);
          return answer(input);
        },
      ]),
    );
    aws = await startScriptedColours(rulesWith(rule), { healthy: { [blueGroup]: healthy }, json });
    const { clients } = aws;
    const policy = aPolicy({ services: [aColouredService()], environments: [anEnvironmentPolicy()] });
    return createEcsPlatform({ policy, clients, describeImage: async () => undefined });
  }
});

function rulesWith(action: Action): Rule[] {
  const preview = (colour: 'blue' | 'green', Priority: string): Rule => ({
    RuleArn: aRuleArn(aRegion, Priority),
    Priority,
    Conditions: [
      {
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: 'X-Forge-Preview', Values: [`secret-${colour}`] },
      },
    ],
    Actions: [{ Type: 'forward', TargetGroupArn: aTargetGroupArn(colour) }],
  });
  return [
    preview('blue', '10'),
    preview('green', '11'),
    { RuleArn: aRuleArn(), Priority: '100', Actions: [action] },
  ];
}

function forward(blue: number, green: number): Action {
  const TargetGroups = [
    { TargetGroupArn: blueGroup, Weight: blue },
    { TargetGroupArn: greenGroup, Weight: green },
  ];
  return { Type: 'forward', ForwardConfig: { TargetGroups } };
}

function ecsService(colour: 'blue' | 'green', targetGroupArn: string, rollouts: Rollouts): object {
  const { primary = {}, others = [], desiredCount = 1 } = rollouts;
  const deployments = [{ taskDefinition: revision(colour, 3), ...primary }, ...others].map(rollout);
  return {
    ...service(deployments),
    ...{ serviceName: `checkout-${colour}`, desiredCount, loadBalancers: [{ targetGroupArn }] },
  };
}

function revision(colour: 'blue' | 'green', number: number): string {
  return `arn:aws:ecs:${aRegion}:123456789012:task-definition/checkout-${colour}:${number}`;
}

function definition(taskDefinitionArn: string, containers: string[]): object {
  const image = `123456789012.dkr.ecr.${aRegion}.amazonaws.com/checkout@sha256:${'b'.repeat(64)}`;
  return {
    taskDefinitionArn,
    family: 'checkout',
    status: 'ACTIVE',
    containerDefinitions: containers.map((name) => ({ name, essential: true, image })),
  };
}

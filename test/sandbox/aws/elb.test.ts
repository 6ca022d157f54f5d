import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenerArn, ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

const scope = { account: '111111111111', region: 'us-east-1', loadBalancer: 'forge-production' };
const blue = targetGroupArn(scope, 'api-blue');
const green = targetGroupArn(scope, 'api-green');
const traffic = ruleArn(scope, '100');

describe('the load balancers’ API', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours() });
  });
  afterAll(() => world.stop());

  it('leads from a load balancer to its listener and rules', async () => {
    const { LoadBalancers } = await world.elb.send(
      new DescribeLoadBalancersCommand({ Names: ['forge-production'] }),
    );
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    const { Listeners } = await world.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const { Rules } = await world.elb.send(new DescribeRulesCommand({ ListenerArn }));

    expect(`http://${LoadBalancers?.[0]?.DNSName}:${Listeners?.[0]?.Port}`).toBe(await publicUrl(world));
    expect(ListenerArn).toBe(listenerArn(scope));
    expect(Rules?.map(({ Priority, IsDefault }) => [Priority, IsDefault])).toEqual([
      ['10', false],
      ['100', false],
      ['default', true],
    ]);
    expect(Rules?.[0]?.Conditions?.[0]).toMatchObject({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: 'X-Forge-Preview', Values: ['secret'] },
    });
  });

  it('shows a rule’s weights with all target groups', async () => {
    const { Rules } = await world.elb.send(new DescribeRulesCommand({ RuleArns: [traffic] }));

    expect(Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups).toEqual([
      { TargetGroupArn: blue, Weight: 100 },
      { TargetGroupArn: green, Weight: 0 },
    ]);
  });

  it('moves traffic by weight, and shows the measured share', async () => {
    const url = await publicUrl(world);
    expect(await versionOf(url)).toBe('v1.0.0');

    await shift(50, 50);
    await until(async () => (await versionOf(url)) === 'v1.1.0');
    const versions: (string | null)[] = [];
    for (let asked = 0; asked < 400; asked += 1) versions.push(await versionOf(url));
    const [state] = await world.aws.services();
    await shift(0, 100);
    await until(async () => (await shareOf(world)) === 0);

    // Five standard deviations around a half.
    const newer = versions.filter((version) => version === 'v1.1.0').length;
    expect(newer).toBeGreaterThan(150);
    expect(newer).toBeLessThan(250);
    expect(state?.weights?.blue).toBeGreaterThan(30);
    expect(state?.weights?.blue).toBeLessThan(70);
    expect((await world.aws.services())[0]?.live).toEqual({ version: 'v1.1.0', colour: 'green' });
    await shift(100, 0);
    await until(async () => (await shareOf(world)) === 100);
  });

  it('leads a request with the preview header to the idle colour', async () => {
    const url = await publicUrl(world);

    const preview = await fetch(`${url}/version`, { headers: { 'x-forge-preview': 'secret' } });

    expect(await preview.json()).toMatchObject({ version: 'v1.1.0', colour: 'green' });
  });

  it.each([
    ['an unknown rule', { RuleArn: `${traffic}0`, Actions: [forwardTo(blue)] }, 'RuleNotFoundException'],
    [
      'an unknown target group',
      { RuleArn: traffic, Actions: [forwardTo(`${blue}0`)] },
      'TargetGroupNotFoundException',
    ],
    [
      'the default rule',
      { RuleArn: ruleArn(scope, 'default'), Actions: [forwardTo(blue)] },
      'OperationNotPermittedException',
    ],
  ])('refuses to modify %s', async (_what, input, name) => {
    await expect(world.elb.send(new ModifyRuleCommand(input))).rejects.toMatchObject({ name });
  });

  it('says RuleNotFound on the wire when asked for an unknown rule', async () => {
    const command = new DescribeRulesCommand({ RuleArns: [`${traffic}0`] });

    await expect(world.elb.send(command)).rejects.toMatchObject({ Code: 'RuleNotFound' });
  });

  it('knows the health of every target', async () => {
    const { TargetHealthDescriptions } = await world.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: blue }),
    );

    expect(TargetHealthDescriptions).toHaveLength(1);
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toEqual({ State: 'healthy' });
  });

  it('says that an unknown target is not registered', async () => {
    const { TargetHealthDescriptions } = await world.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: blue, Targets: [{ Id: '10.0.0.1', Port: 80 }] }),
    );

    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
      State: 'unused',
      Reason: 'Target.NotRegistered',
    });
  });

  it('describes target groups with their load balancer', async () => {
    const { TargetGroups } = await world.elb.send(
      new DescribeTargetGroupsCommand({ TargetGroupArns: [green] }),
    );

    expect(TargetGroups?.[0]).toMatchObject({
      TargetGroupName: 'api-green',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 5,
      LoadBalancerArns: [expect.stringContaining('loadbalancer/app/forge-production/')],
    });
  });

  it('keeps a changed attribute and refuses an impossible one', async () => {
    const Key = 'deregistration_delay.timeout_seconds';
    const set = (Value: string) =>
      world.elb.send(
        new ModifyTargetGroupAttributesCommand({ TargetGroupArn: green, Attributes: [{ Key, Value }] }),
      );

    await set('7');
    await expect(set('3601')).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException' });

    const { Attributes } = await world.elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: green }),
    );
    expect(Attributes).toContainEqual({ Key, Value: '7' });
  });

  async function shift(blueWeight: number, greenWeight: number): Promise<void> {
    const TargetGroups = [
      { TargetGroupArn: blue, Weight: blueWeight },
      { TargetGroupArn: green, Weight: greenWeight },
    ];
    const Actions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    await world.elb.send(new ModifyRuleCommand({ RuleArn: traffic, Actions }));
  }
});

describe('a change of weights', () => {
  it('reaches the load balancer a moment after it is shown', async () => {
    const world = await startAws({ seed: twoColours(), timing: { ruleDelayMs: 700 } });
    const url = await publicUrl(world);
    const RuleArn = traffic;

    await world.elb.send(new ModifyRuleCommand({ RuleArn, Actions: [forwardTo(green)] }));
    const shown = await world.elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
    const atFirst = await versionOf(url);
    await until(async () => (await versionOf(url)) === 'v1.1.0');

    expect(shown.Rules?.[0]?.Actions?.[0]?.TargetGroupArn).toBe(green);
    expect(atFirst).toBe('v1.0.0');
    await world.stop();
  });
});

function forwardTo(TargetGroupArn: string) {
  return { Type: 'forward' as const, TargetGroupArn };
}

async function versionOf(url: string): Promise<string | null> {
  const answer = await fetch(url);
  await answer.text();
  return answer.headers.get('x-version');
}

async function shareOf({ aws }: TestAws): Promise<number | undefined> {
  return (await aws.services())[0]?.weights?.blue;
}

import {
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
const blue = targetGroupArn(scope, 'api-blue');
const green = targetGroupArn(scope, 'api-green');

describe('stickiness', () => {
  let world: TestAws;
  let url: string;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours(), running: 'in-process' });
    url = await publicUrl(world);
  });
  afterAll(() => world.stop());

  it('of a rule keeps a client at its colour, against the weights', async () => {
    await weigh({ blue: 0, green: 100, stickySeconds: 3_600 });
    await until(async () => (await visit()).version === 'v1.1.0');
    const { cookie } = await visit();

    await weigh({ blue: 100, green: 0, stickySeconds: 3_600 });
    await until(async () => (await visit()).version === 'v1.0.0');

    expect(cookie).toMatch(/^AWSALBTG=/);
    expect((await visit(cookie)).version).toBe('v1.1.0');
  });

  it('of a rule ends when it is switched off, whatever the client brings', async () => {
    await weigh({ blue: 0, green: 100, stickySeconds: 3_600 });
    await until(async () => (await visit()).version === 'v1.1.0');
    const { cookie } = await visit();

    await weigh({ blue: 100, green: 0 });

    await until(async () => (await visit(cookie)).version === 'v1.0.0');
    expect((await visit(cookie)).cookie).toBe('');
  });

  it('of a rule lasts as long as it was set, in the seconds of this world', async () => {
    await weigh({ blue: 0, green: 100, stickySeconds: 10 });
    await until(async () => (await visit()).version === 'v1.1.0');
    const { cookie } = await visit();
    await weigh({ blue: 100, green: 0, stickySeconds: 10 });

    await until(async () => (await visit(cookie)).version === 'v1.0.0');

    expect((await visit(cookie)).version).toBe('v1.0.0');
  });

  it('of a target group marks the target with a cookie beside the target’s own', async () => {
    await weigh({ blue: 100, green: 0 });
    const Attributes = [{ Key: 'stickiness.enabled', Value: 'true' }];
    await world.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: blue, Attributes }));

    await until(async () => (await visit()).cookie.startsWith('AWSALB='));

    expect((await visit((await visit()).cookie)).version).toBe('v1.0.0');
  });

  it('of a target group makes that of a rule with several groups mandatory', async () => {
    await expect(weigh({ blue: 50, green: 50 })).rejects.toMatchObject({
      name: 'InvalidLoadBalancerActionException',
    });

    await weigh({ blue: 100, green: 0, stickySeconds: 1 });
  });

  it.each([
    ['stickiness.enabled', 'yes'],
    ['stickiness.type', 'app_cookie'],
    ['stickiness.lb_cookie.duration_seconds', '0'],
    ['slow_start.duration_seconds', '29'],
  ])('is refused what can’t be: %s = %s', async (Key, Value) => {
    const command = new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: blue,
      Attributes: [{ Key, Value }],
    });

    await expect(world.elb.send(command)).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
    });
  });

  it('stands in the world from the start when the seed says so', async () => {
    const seed = twoColours();
    const loadBalancers = seed.loadBalancers.map((one) => ({
      ...one,
      targetGroups: one.targetGroups.map((group) => ({ ...group, stickySeconds: 60 })),
      rules: one.rules.map((rule) => ({ ...rule, stickySeconds: 3_600 })),
    }));
    const sticky = await startAws({ seed: { ...seed, loadBalancers }, running: 'in-process' });

    const answer = await fetch(await publicUrl(sticky));
    await answer.text();
    await sticky.stop();

    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      'AWSALBTG',
      'AWSALB',
    ]);
  });

  it('of a rule needs a duration', async () => {
    const ForwardConfig = {
      TargetGroups: [{ TargetGroupArn: blue, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: true },
    };
    const RuleArn = ruleArn({ ...scope, loadBalancer: 'forge-production' }, '100');
    const command = new ModifyRuleCommand({ RuleArn, Actions: [{ Type: 'forward', ForwardConfig }] });

    await expect(world.elb.send(command)).rejects.toMatchObject({ Code: 'ValidationError' });
  });

  async function weigh(split: { blue: number; green: number; stickySeconds?: number }): Promise<void> {
    const { stickySeconds: DurationSeconds } = split;
    await world.elb.send(
      new ModifyRuleCommand({
        RuleArn: ruleArn({ ...scope, loadBalancer: 'forge-production' }, '100'),
        Actions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: [
                { TargetGroupArn: blue, Weight: split.blue },
                { TargetGroupArn: green, Weight: split.green },
              ],
              TargetGroupStickinessConfig: { Enabled: DurationSeconds !== undefined, DurationSeconds },
            },
          },
        ],
      }),
    );
  }

  /** One request; `cookie` as a browser would send it back. */
  async function visit(cookie = ''): Promise<{ version: string; cookie: string }> {
    const answer = await fetch(`${url}/version`, { headers: { cookie } });
    await answer.text();
    const [given = ''] = answer.headers.getSetCookie();
    return { version: answer.headers.get('x-version') ?? '', cookie: given.split(';')[0] ?? '' };
  }
});

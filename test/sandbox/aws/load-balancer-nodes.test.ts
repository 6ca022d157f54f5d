import { Agent, request } from 'node:http';
import { DescribeRulesCommand, ModifyRuleCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
const rule = ruleArn({ ...scope, loadBalancer: 'forge-production' }, '100');
const toGreen = weights({ blue: 0, green: 100 });

describe('two load balancer nodes', () => {
  let world: TestAws;
  let url: string;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours(), running: 'in-process' });
    url = await publicUrl(world);
  });
  beforeEach(async () => {
    world.aws.change({ nodes: { count: 1 } });
    await world.elb.send(weights({ blue: 100, green: 0 }));
    await until(async () => (await bothAnswer()).every((version) => version === 'v1.0.0'));
  });
  afterAll(() => world.stop());

  it('disagree after a change until the later one has learned it', async () => {
    world.aws.change({ nodes: { count: 2, lag: { minMs: 1_500, maxMs: 1_500 } } });
    await world.elb.send(toGreen);

    await until(async () => new Set(await bothAnswer()).size === 2);
    const { Rules } = await world.elb.send(new DescribeRulesCommand({ RuleArns: [rule] }));
    const weights = Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight);

    // The API shows the new weights although a node still follows the old ones.
    expect(weights).toEqual([0, 100]);
    await until(async () => (await bothAnswer()).every((version) => version === 'v1.1.0'));
  });

  it('keep a client at the node it has connected to', async () => {
    world.aws.change({ nodes: { count: 2, lag: { minMs: 60_000, maxMs: 60_000 } } });
    const clients = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    for (const client of clients) await versionAt(url, client);
    await world.elb.send(toGreen);
    await until(async () => new Set(await bothAnswer()).size === 2);

    const answers: string[][] = [];
    for (const client of clients) answers.push([await versionAt(url, client), await versionAt(url, client)]);

    expect(answers.every(([first, second]) => first === second)).toBe(true);
    expect(new Set(answers.flat())).toEqual(new Set(['v1.0.0', 'v1.1.0']));
    for (const client of clients) client.destroy();
  });

  it('become one again when they are switched off', async () => {
    world.aws.change({ nodes: { count: 2, lag: { minMs: 60_000, maxMs: 60_000 } } });
    await world.elb.send(toGreen);
    await until(async () => new Set(await bothAnswer()).size === 2);

    world.aws.change({ nodes: { count: 1 } });

    await until(async () => (await bothAnswer()).every((version) => version === 'v1.1.0'));
  });

  /** The versions that two new connections, one after the other, meet. */
  async function bothAnswer(): Promise<[string, string]> {
    return [await versionAt(url, new Agent()), await versionAt(url, new Agent())];
  }
});

function weights({ blue, green }: { blue: number; green: number }): ModifyRuleCommand {
  const TargetGroups = [
    { TargetGroupArn: targetGroupArn(scope, 'api-blue'), Weight: blue },
    { TargetGroupArn: targetGroupArn(scope, 'api-green'), Weight: green },
  ];
  return new ModifyRuleCommand({
    RuleArn: rule,
    Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
  });
}

function versionAt(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/version`, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.headers['x-version']?.toString() ?? ''));
    });
    sent.on('error', reject);
    sent.end();
  });
}

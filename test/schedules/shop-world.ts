import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Aws } from '../../sandbox/aws/aws.ts';
import { sandboxSeed } from '../../sandbox/aws/seed.ts';
import { forgeEnvironment } from '../../sandbox/forge-environment.ts';
import { apiUrl } from '../worlds/api-in-colours.ts';
import { awsTiming } from '../worlds/aws-timing.ts';
import { patientSeed } from '../worlds/patient-seed.ts';
import { type SlackAndAws, startSlackAndAws } from '../worlds/slack-and-aws.ts';
import { patiently } from './patiently.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:forge-schedules';

export type ShopWorld = SlackAndAws & {
  /** What Forge's process is told of all this. */
  environment: Record<string, string>;
  databaseFile: string;
  /** Schedules for it by words, as Maya does in Slack, and confirms what is shown. */
  schedules(words: string): Promise<void>;
  /** What EventBridge is to do. */
  pending(): { group: string; body: unknown; fireAt: number }[];
  /** Bodies of the messages that nobody has taken away, of the queue and of its dead letters. */
  waiting(): unknown[];
  /** How often ECS began to deploy the api in staging. */
  rollouts(): number;
};

/** Slack and AWS with a queue for schedules, and the policy of an api in staging that uses it. Forge is not running. */
export async function startShopWorld(): Promise<ShopWorld> {
  const servers = await startSlackAndAws({
    seed: patientSeed(sandboxSeed()),
    timing: awsTiming,
    name: 'forge-schedules-',
  });
  const { slack, aws, origin, folder } = servers;
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, await policyText(aws));
  const earlier = new Set(aws.rollouts().map(({ id }) => id));
  const rollouts = new Set<string>();
  aws.subscribe(() => {
    for (const { service, id } of aws.rollouts()) {
      if (service === 'api' && !earlier.has(id)) rollouts.add(id);
    }
  });

  return {
    ...servers,
    environment: forgeEnvironment(process.env, { origin, folder, configFile }),
    databaseFile: join(folder, 'forge.db'),
    async schedules(words) {
      await slack.command({ as: 'U0MAYA', channel: 'deploys', text: `/forge schedule ${words}` });
      const { id } = await patiently(() => slack.views('U0MAYA').find(({ view }) => view.submit != null));
      const { errors } = await slack.submit({ as: 'U0MAYA', view_id: id, values: {} });
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
    },
    pending: () =>
      aws.truth.schedules.map(({ group, target, fireAt }) => ({
        ...{ group, fireAt: fireAt.getTime() },
        body: target.kind === 'queue' ? parsed(target.body) : target,
      })),
    waiting: () =>
      aws.truth.queues
        .filter(({ arn }) => arn.startsWith(QUEUE))
        .flatMap(({ messages }) => messages.map(({ body }) => parsed(body))),
    rollouts: () => rollouts.size,
  };
}

async function policyText(aws: Aws): Promise<string> {
  return `
aws: { staging: { account: "111111111111" } }
people: { admins: [U0SAM] }
services:
  api:
    title: Public API
    kind: web
    repository: acme/api
    image: "{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}"
    smoke: ["GET /version contains {version}"]
    runs:
      staging:
        us-east-1: { url: "${await apiUrl(aws, 'staging')}", cluster: forge-staging, service: api }
environments:
  staging: { channel: C0DEPLOYS, deploys: { branch: main }, strategy: rolling }
schedules:
  queue: "${QUEUE}"
  dead letters: "${QUEUE}-dead"
  role: "arn:aws:iam::111111111111:role/forge-schedules"
timing: { poll: 100ms, observe: 1s, smoke within: 1m, settle: 150ms, probe: 150ms, message every: 200ms }
`.trimStart();
}

function parsed(body = ''): unknown {
  return JSON.parse(body);
}

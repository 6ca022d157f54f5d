import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, createAws } from '../../../sandbox/aws/aws.ts';
import type { Seed } from '../../../sandbox/aws/seed.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { listen } from '../../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../../sandbox/slack/slack.ts';
import { productionSeed } from '../../sandbox/aws/production.ts';
import { type ForgeLife, startForge } from './forge-life.ts';
import { policyFor, type Settings } from './policy.ts';
import { awsTiming } from './timing.ts';

/** Slack, AWS with its tasks, and Forge, all in this process. */
export type ProductionWorld = {
  slack: SlackServer;
  aws: Aws;
  faults: Faults;
  /** Where AWS is reached. */
  origin: string;
  /** What Forge logged, a line of JSON each. */
  lines: string[];
  forge(): ForgeLife;
  startForge(): Promise<void>;
  stopForge(): Promise<void>;
  stop(): Promise<void>;
};

/** Customers of production, requests per second. */
export const CUSTOMERS = 60;

/** One at a time in a process, whose environment says where AWS is. */
export async function createProductionWorld(
  settings: Settings & { customers?: number; seed?(seed: Seed): Seed } = {},
): Promise<ProductionWorld> {
  const { customers = CUSTOMERS, seed = (given: Seed) => given } = settings;
  const server = await listen(0, { mayMove: true });
  const faults = new Faults();
  const origin = () => server.origin;
  const slack = createSlack({ origin, faults, rateLimitScale: Number.POSITIVE_INFINITY });
  const aws = await createAws({
    ...{ origin, faults, timing: awsTiming, running: 'in-process' },
    seed: seed(patient(productionSeed())),
  });
  server.serve({
    inTurn: [slack, aws],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const folder = await mkdtemp(join(tmpdir(), 'forge-production-'));
  const policy = await policyFor(aws, settings);
  const configFile = join(folder, 'forge.yml');
  Object.assign(process.env, forgeEnvironment({}, { origin: server.origin, folder, configFile }));
  const lines: string[] = [];
  let life: ForgeLife | undefined;
  const start = async () => {
    life = await startForge({ folder, apiUrl: `${server.origin}/api/`, policy, lines });
  };
  const stopForge = async () => {
    await life?.stop();
    life = undefined;
  };
  await aws.load({ service: 'api', environment: 'production', requestsPerSecond: customers });
  await start();

  return {
    ...{ slack, aws, faults, lines, stopForge, origin: server.origin, startForge: start },
    forge() {
      if (life === undefined) throw new Error('Forge does not run.');
      return life;
    },
    async stop() {
      faults.set([]);
      await stopForge();
      await Promise.all([slack.stop(), aws.stop()]);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Seconds of this AWS, 20 ms each: a busy machine must not make a good task look sick. */
const GRACE_SECONDS = 10_000;
const HEALTH_TIMEOUT_SECONDS = 250;
const IDLE_TIMEOUT_SECONDS = 1_000;

function patient(seed: Seed): Seed {
  return {
    ...seed,
    services: seed.services.map((service) => ({ ...service, healthCheckGracePeriodSeconds: GRACE_SECONDS })),
    loadBalancers: seed.loadBalancers.map((loadBalancer) => ({
      ...loadBalancer,
      idleTimeoutSeconds: IDLE_TIMEOUT_SECONDS,
      targetGroups: loadBalancer.targetGroups.map((group) => ({
        ...group,
        healthCheck: { ...group.healthCheck, timeoutSeconds: HEALTH_TIMEOUT_SECONDS },
      })),
    })),
  };
}

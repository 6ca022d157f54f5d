import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, createAws } from '../../../sandbox/aws/aws.ts';
import { type Seed, sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { forgeConfig } from '../../../sandbox/forge-config.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { RequestLog } from '../../../sandbox/request-log.ts';
import { listen } from '../../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../../sandbox/slack/slack.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { type Customers, createCustomers } from '../deploy/customers.ts';
import type { Environment } from '../deploy/deploy-world.ts';
import { type Effects, watchEffects } from '../deploy/effects.ts';
import { type TrafficWatch, watchTraffic } from '../deploy/traffic-watch.ts';
import { type ForgeLife, startForge } from './forge-life.ts';
import { type Production, withProduction } from './production.ts';
import { awsTiming, forgeTiming } from './timing.ts';

const TEMPLATE = new URL('../../../sandbox/forge.yml', import.meta.url);

/** A whole world in this process: Slack, AWS with its tasks, and Forge. */
export type FaultWorld = {
  slack: SlackServer;
  aws: Aws;
  faults: Faults;
  requests: RequestLog;
  effects: Effects;
  traffic: TrafficWatch;
  /** Of the api in the environment that is deployed to. */
  customers: Customers;
  url: string;
  /** The life of Forge that goes on now. */
  forge(): ForgeLife;
  startForge(): Promise<void>;
  /** Ends every server and removes the folder. */
  stop(): Promise<void>;
};

/** Where a journey takes place. */
export type Setting = {
  environment: Environment;
  /** Instead of what sandbox/forge.yml says of it. */
  production?: Production;
};

/** One at a time in a process, whose environment says where AWS is. Forge is not started. */
export async function createFaultWorld({ environment, production }: Setting): Promise<FaultWorld> {
  const server = await listen(0, { mayMove: true });
  const requests = new RequestLog();
  const faults = new Faults((service, operation) => requests.add(service, operation));
  const origin = () => server.origin;
  const slack = createSlack({ origin, faults, rateLimitScale: Number.POSITIVE_INFINITY });
  const aws = await createAws({
    ...{ origin, faults, seed: patient(sandboxSeed()) },
    timing: awsTiming,
    running: 'in-process',
  });
  server.serve({
    inTurn: [slack, aws],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const folder = await mkdtemp(join(tmpdir(), 'forge-faults-'));
  const policy = withProduction(await policyFor(aws), production);
  const services = await aws.services();
  const url = services.find((one) => one.name === 'api' && one.environment === environment)?.url ?? '';
  const effects = watchEffects(aws, environment);
  const traffic = watchTraffic(aws);
  const customers = createCustomers(url);
  const configFile = join(folder, 'forge.yml');
  Object.assign(process.env, forgeEnvironment({}, { origin: server.origin, folder, configFile }));
  let life: ForgeLife | undefined;

  return {
    ...{ slack, aws, faults, requests, effects, traffic, customers, url },
    forge() {
      if (life === undefined) throw new Error('Forge was not started.');
      return life;
    },
    async startForge() {
      life = await startForge({ folder, apiUrl: `${server.origin}/api/`, policy });
    },
    async stop() {
      faults.set([]);
      for (const watch of [customers, traffic, effects]) watch.stop();
      await life?.stop();
      await Promise.all([slack.stop(), aws.stop()]);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Seconds of this AWS, 20 ms each: a busy machine must not make a good task look sick. */
const GRACE_SECONDS = 10_000;
const HEALTH_TIMEOUT_SECONDS = 100;
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

async function policyFor(aws: Aws): Promise<Policy> {
  const text = forgeConfig(await readFile(TEMPLATE, 'utf8'), await aws.services());
  const reading = readPolicy(text, 'forge.yml');
  if (reading.kind === 'invalid') throw new Error(`sandbox/forge.yml: ${JSON.stringify(reading.problems)}`);
  return { ...reading.policy, timing: forgeTiming };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { type Aws, createAws } from '../../../sandbox/aws/aws.ts';
import { type Seed, sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { listen } from '../../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../../sandbox/slack/slack.ts';
import { clock } from '../../../src/clock.ts';
import type { Store } from '../../../src/ports/store.ts';
import { type Customers, createCustomers } from './customers.ts';
import { type Effects, watchEffects } from './effects.ts';
import { ForgeProcess } from './forge-process.ts';
import type { Journey } from './journey.ts';
import { policyText } from './policy-text.ts';
import { awsTiming } from './timing.ts';
import { type TrafficWatch, watchTraffic } from './traffic-watch.ts';

/** Slack and AWS in this process, and Forge in one of its own. */
export type DeployWorld = {
  slack: SlackServer;
  aws: Aws;
  faults: Faults;
  forge: ForgeProcess;
  /** Forge's own record, read from outside. */
  database: Database;
  store: Store;
  traffic: TrafficWatch;
  effects: Effects;
  /** Of the api in the environment that is deployed to. */
  customers: Customers;
  url: string;
  stop(): Promise<void>;
};

export type Environment = 'staging' | 'production';

export async function createDeployWorld({
  environment,
  settings,
  downMs = 0,
}: Pick<Journey, 'environment' | 'settings' | 'downMs'>): Promise<DeployWorld> {
  const server = await listen(0, { mayMove: true });
  const faults = new Faults();
  const origin = () => server.origin;
  const slack = createSlack({ origin, faults, rateLimitScale: Number.POSITIVE_INFINITY });
  const aws = await createAws({
    ...{ origin, faults, seed: patient(sandboxSeed()) },
    ...{ timing: awsTiming, running: 'in-process' },
  });
  server.serve({
    inTurn: [slack, aws],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const folder = await mkdtemp(join(tmpdir(), 'forge-chaos-deploy-'));
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, await policyText(aws, settings));
  const services = await aws.services();
  const url = services.find((one) => one.name === 'api' && one.environment === environment)?.url ?? '';
  const surroundings = { origin: server.origin, folder, configFile };
  const forge = new ForgeProcess(forgeEnvironment(process.env, surroundings), { downMs });
  await forge.untilReady();
  const database = openDatabase(join(folder, 'forge.db'));
  const traffic = watchTraffic(aws);
  const effects = watchEffects(aws, environment);
  const customers = createCustomers(url);

  return {
    ...{ slack, aws, faults, forge, database, traffic, effects, customers, url },
    store: createStore(database, { clock }),
    async stop() {
      faults.set([]);
      customers.stop();
      traffic.stop();
      effects.stop();
      await forge.stop();
      database.close();
      await Promise.all([slack.stop(), aws.stop()]);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Seconds of this AWS, 20 ms each: a busy machine must neither make a good task look sick nor cut a request. */
const GRACE_SECONDS = 10_000;
const HEALTH_TIMEOUT_SECONDS = 250;
const DRAIN_SECONDS = 40;
const IDLE_SECONDS = 4_000;

function patient(seed: Seed): Seed {
  return {
    ...seed,
    services: seed.services.map((service) => ({ ...service, healthCheckGracePeriodSeconds: GRACE_SECONDS })),
    loadBalancers: seed.loadBalancers.map((loadBalancer) => ({
      ...loadBalancer,
      idleTimeoutSeconds: IDLE_SECONDS,
      targetGroups: loadBalancer.targetGroups.map((group) => ({
        ...group,
        deregistrationDelaySeconds: DRAIN_SECONDS,
        healthCheck: { ...group.healthCheck, timeoutSeconds: HEALTH_TIMEOUT_SECONDS },
      })),
    })),
  };
}

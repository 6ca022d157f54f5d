import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Aws } from '../../../sandbox/aws/aws.ts';
import { sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { forgeConfig } from '../../../sandbox/forge-config.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { RequestLog } from '../../../sandbox/request-log.ts';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { apiUrl } from '../../worlds/api-in-colours.ts';
import { awsTiming } from '../../worlds/aws-timing.ts';
import { patientSeed } from '../../worlds/patient-seed.ts';
import { startSlackAndAws } from '../../worlds/slack-and-aws.ts';
import { type Customers, createCustomers } from '../deploy/customers.ts';
import type { Environment } from '../deploy/deploy-world.ts';
import { type Effects, watchEffects } from '../deploy/effects.ts';
import { type TrafficWatch, watchTraffic } from '../deploy/traffic-watch.ts';
import { type ForgeLife, startForge } from './forge-life.ts';
import { type Production, withProduction } from './production.ts';
import { forgeTiming } from './timing.ts';

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
  const requests = new RequestLog();
  const faults = new Faults((service, operation) => requests.add(service, operation));
  const servers = await startSlackAndAws({
    seed: patientSeed(sandboxSeed(), { healthTimeoutSeconds: 100, deregistrationDelaySeconds: 40 }),
    timing: awsTiming,
    name: 'forge-faults-',
    faults,
  });
  const { slack, aws, origin, folder } = servers;
  const policy = withProduction(await policyFor(aws), production);
  const url = await apiUrl(aws, environment);
  const effects = watchEffects(aws, environment);
  const traffic = watchTraffic(aws);
  const customers = createCustomers(url);
  const configFile = join(folder, 'forge.yml');
  Object.assign(process.env, forgeEnvironment({}, { origin, folder, configFile }));
  let life: ForgeLife | undefined;

  return {
    ...{ slack, aws, faults, requests, effects, traffic, customers, url },
    forge() {
      if (life === undefined) throw new Error('Forge was not started.');
      return life;
    },
    async startForge() {
      life = await startForge({ folder, apiUrl: `${origin}/api/`, policy });
    },
    async stop() {
      faults.set([]);
      for (const watch of [customers, traffic, effects]) watch.stop();
      await life?.stop();
      await servers.stop();
    },
  };
}

async function policyFor(aws: Aws): Promise<Policy> {
  const text = forgeConfig(await readFile(TEMPLATE, 'utf8'), await aws.services(), {});
  const reading = readPolicy(text, 'forge.yml');
  if (reading.kind === 'invalid') throw new Error(`sandbox/forge.yml: ${JSON.stringify(reading.problems)}`);
  return { ...reading.policy, timing: forgeTiming };
}

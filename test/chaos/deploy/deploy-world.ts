import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import type { Aws } from '../../../sandbox/aws/aws.ts';
import { sandboxSeed } from '../../../sandbox/aws/seed.ts';
import type { Faults } from '../../../sandbox/faults.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';
import { clock } from '../../../src/clock.ts';
import type { Store } from '../../../src/ports/store.ts';
import { apiUrl } from '../../worlds/api-in-colours.ts';
import { awsTiming } from '../../worlds/aws-timing.ts';
import { patientSeed } from '../../worlds/patient-seed.ts';
import { startSlackAndAws } from '../../worlds/slack-and-aws.ts';
import { type Customers, createCustomers } from './customers.ts';
import { type Effects, watchEffects } from './effects.ts';
import { ForgeProcess } from './forge-process.ts';
import type { Journey } from './journey.ts';
import { policyText } from './policy-text.ts';
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
  const servers = await startSlackAndAws({
    seed: patientSeed(sandboxSeed(), { idleTimeoutSeconds: 4_000, deregistrationDelaySeconds: 40 }),
    timing: awsTiming,
    name: 'forge-chaos-deploy-',
  });
  const { slack, aws, faults, origin, folder } = servers;
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, await policyText(aws, settings));
  const url = await apiUrl(aws, environment);
  const surroundings = { origin, folder, configFile };
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
      await servers.stop();
    },
  };
}

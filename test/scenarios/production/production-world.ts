import { join } from 'node:path';
import type { Aws } from '../../../sandbox/aws/aws.ts';
import type { Seed } from '../../../sandbox/aws/seed.ts';
import type { Faults } from '../../../sandbox/faults.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';
import { productionSeed } from '../../sandbox/aws/production.ts';
import { patientSeed } from '../../worlds/patient-seed.ts';
import { startSlackAndAws } from '../../worlds/slack-and-aws.ts';
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
  const servers = await startSlackAndAws({
    seed: seed(patientSeed(productionSeed())),
    timing: awsTiming,
    name: 'forge-production-',
  });
  const { slack, aws, faults, origin, folder } = servers;
  const policy = await policyFor(aws, settings);
  const configFile = join(folder, 'forge.yml');
  Object.assign(process.env, forgeEnvironment({}, { origin, folder, configFile }));
  const lines: string[] = [];
  let life: ForgeLife | undefined;
  const start = async () => {
    life = await startForge({ folder, apiUrl: `${origin}/api/`, policy, lines });
  };
  const stopForge = async () => {
    await life?.stop();
    life = undefined;
  };
  await aws.load({ service: 'api', environment: 'production', requestsPerSecond: customers });
  await start();

  return {
    ...{ slack, aws, faults, lines, stopForge, origin, startForge: start },
    forge() {
      if (life === undefined) throw new Error('Forge does not run.');
      return life;
    },
    async stop() {
      faults.set([]);
      await stopForge();
      await servers.stop();
    },
  };
}

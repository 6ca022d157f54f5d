import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, createAws } from '../../sandbox/aws/aws.ts';
import { production } from '../../sandbox/aws/seed-production.ts';
import { createControl } from '../../sandbox/control.ts';
import { Faults } from '../../sandbox/faults.ts';
import { forgeEnvironment } from '../../sandbox/forge-environment.ts';
import { createPage } from '../../sandbox/page.ts';
import { RequestLog } from '../../sandbox/request-log.ts';
import { listen } from '../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../sandbox/slack/slack.ts';
import { shortcutsOf, slackAppOf } from '../../sandbox/slack-app.ts';
import { readPolicy } from '../../src/config/read-policy.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { productionSeed } from '../sandbox/aws/production.ts';
import { startForge } from '../scenarios/production/forge-life.ts';
import { awsTiming, forgeTiming } from '../scenarios/production/timing.ts';
import { apiInColours, deadManRole } from '../worlds/api-in-colours.ts';
import { patientSeed } from '../worlds/patient-seed.ts';

/** A company whose production needs an approval: the page, Slack, AWS with its tasks, and Forge, all behind one address of this process. */
export type Company = {
  origin: string;
  slack: SlackServer;
  aws: Aws;
  /** Ends everything. */
  stop(): Promise<void>;
};

const MANIFEST = new URL('../../manifest.yml', import.meta.url);

/** One at a time in a process, whose environment says where AWS is. Resolves when Forge listens. */
export async function startCompany(): Promise<Company> {
  const server = await listen(0, { mayMove: true });
  const folder = await mkdtemp(join(tmpdir(), 'forge-company-'));
  const { slack, aws, parts } = await furnish(server.origin);
  server.serve({
    inTurn: parts,
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const configFile = join(folder, 'forge.yml');
  Object.assign(process.env, forgeEnvironment({}, { origin: server.origin, folder, configFile }));
  const policy = await policyOf(aws);
  const forge = await startForge({ folder, apiUrl: `${server.origin}/api/`, policy, lines: [] });
  return {
    ...{ slack, aws, origin: server.origin },
    async stop() {
      await forge.stop();
      await Promise.all(parts.map((part) => part.stop()));
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function furnish(origin: string) {
  const faults = new Faults();
  const manifest = await readFile(MANIFEST, 'utf8');
  const slack = createSlack({
    ...{ origin: () => origin, faults, settings: slackAppOf(manifest) },
    rateLimitScale: Number.POSITIVE_INFINITY,
  });
  const seed = patientSeed(productionSeed());
  const aws = await createAws({
    origin: () => origin,
    faults,
    seed,
    timing: awsTiming,
    running: 'in-process',
  });
  const control = createControl({
    ...{ slack, aws, faults, requests: new RequestLog(), shortcuts: shortcutsOf(manifest) },
    forge: () => ({ pid: process.pid, ready: true }),
  });
  return { slack, aws, parts: [control, createPage(), slack, aws] };
}

async function policyOf(aws: Aws): Promise<Policy> {
  const reading = readPolicy(await policyText(aws), 'forge.yml');
  if (reading.kind === 'invalid') throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

/** Few requests come within the second of a bake, and a busy machine answers late: what is watched is health. */
async function policyText(aws: Aws): Promise<string> {
  return `
aws: { production: { account: "${production.account}" } }
people:
  everyone: deployer
  responders: [S0EXECS]
  release-managers: [S0RELEASE]
  incident-commanders: [S0ONCALL]
  admins: [U0SAM]
services:
  api: ${await apiInColours(aws)}
environments:
  production:
    channel: C0PRODUCTION
    deploys: { branch: main }
    default service: api
    strategy: { canary: [50% for 1s, 100% for 1s] }
    evidence: smoke
    standby: 10m
    gates: { p95: off }
    roll back when: { p99: off }
    dead man switch: { after: 2m, role: "${deadManRole}" }
    approvals: { from: { release-managers: 1 }, within: 30m }
    windows: { zone: America/New_York, preferred: every day }
timing: ${JSON.stringify(forgeTiming)}
`.trimStart();
}

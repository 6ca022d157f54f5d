import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Launched, launchSandbox } from '../../../sandbox/launch.ts';
import { forgeInHand } from './forge-in-hand.ts';
import { startLoad } from './load.ts';
import { createPerson } from './person.ts';
import { type Pace, type Phase, phases } from './phases.ts';
import { failureLines, phaseLines, verdict } from './print-counts.ts';

/**
 * Does everything Forge can do to a service while customers come at a fixed rate, and counts the requests that failed:
 * npm run bench:zero-downtime [-- --quick] [--only canary]
 */
const HELD_FORGE = fileURLToPath(new URL('held-forge.ts', import.meta.url));
/**
 * One load balancer node learns every change so much later than the other: in production nearly as late as Forge waits for
 * it (`settle`, 3 s). The tasks of staging drain for 2 s, 10 s of AWS, so there it must be sooner, whoever deploys.
 */
const LAG = { staging: { minMs: 300, maxMs: 1_500 }, production: { minMs: 500, maxMs: 2_500 } };
const ENOUGH = { requests: 100_000, perSecond: 300 };

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const isWhole = !values.quick && values.only === undefined;
const pace: Pace = values.quick
  ? { metricPeriod: '2s', bake: '7s', lastBake: '8s', standby: '30s', pausedMs: 5_000 }
  : { metricPeriod: '5s', bake: '15s', lastBake: '20s', standby: '60s', pausedMs: 15_000 };
const quietMs = values.quick ? 4_000 : 8_000;

const sandbox = await launchSandbox({
  words: ['--forge', HELD_FORGE, '--no-github'],
  complain: (line) => console.error(line),
});
const load = startLoad();
try {
  const played = phases.filter(({ name }) => values.only?.includes(name) ?? true);
  let url = '';
  for (const phase of played) url = await playUnderLoad(phase, url);
  await judge();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  console.log((await failuresSoFar()).join('\n'));
  console.error(`Forge's log: ${sandbox.addresses.forge.log}`);
} finally {
  await load.stop();
  await sandbox.stop();
}

async function playUnderLoad(phase: Phase, urlBefore: string): Promise<string> {
  const { client } = sandbox;
  const forge = forgeInHand(sandbox);
  const url = urlOf(sandbox, phase.environment);
  await client.configureAws({ nodes: { count: 2, lag: LAG[phase.environment] } });
  load.countAs(phase.name, 'before');
  if (url !== urlBefore) load.sendTo(url);
  if (phase.policy !== undefined) await forge.usePolicy(phase.policy(pace));
  await sleep(quietMs);
  load.countAs(phase.name, 'during');
  await phase.play({ client, forge, person: createPerson(client), pace });
  await sleep(quietMs);
  const counts = (await load.counts()).filter((count) => count.phase === phase.name);
  console.log([...phaseLines(counts), ...failureLines(counts)].join('\n'));
  return url;
}

async function failuresSoFar(): Promise<string[]> {
  const counts = await load.counts();
  return [...phaseLines(counts), ...failureLines(counts)];
}

async function judge(): Promise<void> {
  const { line, isGood } = verdict(await load.counts(), isWhole ? ENOUGH : { requests: 1, perSecond: 1 });
  console.log(line);
  if (!isGood) process.exitCode = 1;
}

function urlOf({ addresses }: Launched, environment: string): string {
  const found = addresses.services.find((one) => one.name === 'api' && one.environment === environment);
  if (found?.url === undefined) throw new Error(`The sandbox has no api in ${environment}.`);
  return found.url;
}

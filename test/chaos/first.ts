/**
 * Kills Forge at random moments of real deployments in the sandbox and checks what was promised: each acknowledged
 * command is one deployment that ends right, with one message, each thread line once and no effect twice.
 * npm run chaos:first [-- --kills 20 --seed N]
 */
import { parseArgs } from 'node:util';
import { launchSandbox } from '../../sandbox/launch.ts';
import { watchEcs } from './ecs-history.ts';
import { deploymentMessages, observe } from './observation.ts';
import { createRandom, type Random } from './random.ts';
import { playRound, type RoundResult } from './round.ts';
import { duplicates } from './violations.ts';

const VERSIONS = ['v1.1.0', 'v1.0.0'];
/** Share of the rounds in which Forge is killed more than once. */
const REPEATED = 0.35;
/** Share of the first kills that strike while the command is taken, where most is written in the shortest time. */
const EARLY = 0.3;
const EARLY_MS = 500;

const { kills, seed } = readWords();
const random = createRandom(seed);
console.log(`seed ${seed}, ${kills} kills`);
const forgeLines: string[] = [];
const sandbox = await launchSandbox({
  words: ['--verbose', '--no-github'],
  complain: (line) => forgeLines.push(line),
});
const history = watchEcs(sandbox.addresses.aws);
const results: RoundResult[] = [];
let late: string[] = [];
try {
  // Undisturbed, to know how long a deployment takes here.
  await play([]);
  const durationMs = (results[0]?.seconds ?? 10) * 1000;
  for (let left = kills; left > 0; ) {
    const moments = killMoments(random, { durationMs, left });
    left -= moments.length;
    await play(moments);
  }
  late = await judgeTheWholeRun();
} catch (error) {
  late = [`the run could not go on: ${error instanceof Error ? error.message : String(error)}`];
  console.log(`VIOLATION ${late.join()}\n${forgeLines.slice(-40).join('\n')}`);
} finally {
  history.stop();
  await sandbox.stop();
}
const count = [...results.flatMap((result) => result.violations), ...late].length;
console.log(`${results.length} rounds, ${count} violations`);
if (count > 0) console.log(`To see them again: npm run chaos:first -- --kills ${kills} --seed ${seed}`);
process.exitCode = count > 0 ? 1 : 0;

async function play(killsMs: readonly number[]): Promise<void> {
  const version = VERSIONS[results.length % VERSIONS.length] ?? '';
  const result = await playRound(sandbox.client, history, { version, killsMs });
  results.push(result);
  const killed = killsMs.map((moment) => `${(moment / 1000).toFixed(2)} s`).join(', ');
  console.log(
    `round ${results.length}: ${version}, killed ${killed === '' ? 'never' : `after ${killed}`}, ` +
      `ended after ${result.seconds.toFixed(1)} s: ${result.text}`,
  );
  for (const violation of result.violations) console.log(`  VIOLATION ${violation}`);
  if (result.violations.length > 0) console.log(forgeLines.slice(-40).join('\n'));
  forgeLines.length = 0;
}

/** What a late retry adds shows only at the end. */
async function judgeTheWholeRun(): Promise<string[]> {
  const { messages } = await observe(sandbox.client, history);
  const found = duplicates(messages);
  const numbers = new Set(deploymentMessages(messages).map(({ number }) => number));
  if (numbers.size !== results.length) {
    found.push(`${results.length} commands produced ${numbers.size} deployments`);
  }
  for (const violation of found) console.log(`VIOLATION at the end: ${violation}`);
  return found;
}

/** Between the command and a little after the usual end; several kills follow each other quickly. */
function killMoments(source: Random, { durationMs, left }: { durationMs: number; left: number }): number[] {
  const first = source.between(0, source.happens(EARLY) ? EARLY_MS : durationMs);
  const wanted = source.happens(REPEATED) ? Math.floor(source.between(2, 4)) : 1;
  const moments = [first];
  while (moments.length < Math.min(wanted, left)) {
    moments.push((moments.at(-1) ?? 0) + source.between(50, durationMs / 2));
  }
  return moments;
}

function readWords(): { kills: number; seed: number } {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '20' }, seed: { type: 'string' } },
  });
  const kills = Number(values.kills);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills takes a number from 1 on');
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed takes a number from 0 on');
  return { kills, seed };
}

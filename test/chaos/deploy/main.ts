/**
 * Kills Forge, with SIGKILL, before and after every effect and every record of deployments, rollbacks and aborts of every
 * strategy, starts it again, and judges how the deployment, its message, the traffic and AWS end.
 * npm run chaos:deploy [-- --journey canary --only 'before switch.arm' --slice 20 --seed N --lanes 3 --ci --verbose]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { slice } from '../faults/slice.ts';
import { JOURNEYS } from './journeys.ts';
import { nameOf } from './points.ts';
import { LEGEND, tableOf, totalsOf } from './table.ts';
import { createTheatre, type Theatre, type Trial, type TrialResult } from './trial.ts';
import { readWords } from './words.ts';

/** So many kills between two lines that say how far it is. */
const TOLD_EVERY = 20;

type Done = { trial: Trial } & TrialResult;

const words = readWords();
const began = Date.now();
const compiled = mkdtempSync(join(tmpdir(), 'forge-compiled-'));
// Processes start twice as fast when they need not read TypeScript again.
process.env.NODE_COMPILE_CACHE ??= compiled;
console.log(`seed ${words.seed}`);
const done: Done[] = [];
const broken: string[] = [];
process.once('SIGINT', () => {
  // What was found so far is worth reading; Forge's processes end with this one.
  finish();
  process.exit(1);
});
const pointsOf = new Map<string, Trial[]>();
const journeys = JOURNEYS.filter(({ name }) => words.journey.every((part) => name.includes(part)));
await inLanes(journeys, async (left) => {
  for (let journey = left.shift(); journey !== undefined; journey = left.shift()) {
    pointsOf.set(journey.name, await record(createTheatre(journey)));
  }
});
const trials = journeys.flatMap(({ name }) => choose(name));
console.log(`${trials.length} kills now, after ${secondsSince(began)} s`);
await inLanes(trials, playAll);
rmSync(compiled, { recursive: true, force: true });
finish();

async function record(theatre: Theatre): Promise<Trial[]> {
  try {
    const { journey } = theatre;
    return (await theatre.record()).map((point) => ({ journey, point }));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    console.log(`VIOLATION ${problem}`);
    broken.push(problem);
    return [];
  } finally {
    await theatre.close();
  }
}

/** What a lane does: it stays in one world as long as there is something to play there. */
async function playAll(left: Trial[]): Promise<void> {
  let theatre: Theatre | undefined;
  for (let trial = left.shift(); trial !== undefined; trial = left.shift()) {
    if (theatre?.journey !== trial.journey) {
      await theatre?.close();
      theatre = createTheatre(trial.journey);
    }
    tell({ trial, ...(await theatre.play(trial.point)) });
  }
  await theatre?.close();
}

function tell(result: Done): void {
  const { trial, outcome, seconds, violations, lines } = result;
  done.push(result);
  if (done.length % TOLD_EVERY === 0) {
    console.log(`${done.length} of ${trials.length} after ${secondsSince(began)} s`);
  }
  if (outcome !== 'violation' && outcome !== 'missed' && !words.verbose) return;
  console.log(
    `${outcome} after ${seconds.toFixed(1)} s: ${trial.journey.name}, killed ${nameOf(trial.point)}`,
  );
  for (const violation of violations) console.log(`  VIOLATION ${violation}`);
  for (const line of words.verbose ? lines : []) console.log(`    ${line}`);
}

function choose(name: string): Trial[] {
  const all = pointsOf.get(name) ?? [];
  const wanted = all.filter(({ point }) => words.isWanted(point));
  const count = words.most(name);
  const chosen = count === undefined ? wanted : slice(wanted, { count, seed: words.seed });
  console.log(`${chosen.length} of ${all.length} points of “${name}”`);
  return chosen;
}

async function inLanes<Item>(items: readonly Item[], work: (left: Item[]) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: words.lanes }, () => work(left)));
}

function finish(): void {
  const totals = totalsOf(done);
  console.log(`\n${tableOf(done)}\n\n${LEGEND}`);
  const { succeeded, aborted, missed, violation } = totals;
  console.log(
    `${done.length} kills in ${secondsSince(began)} s: ${succeeded} done, ${totals['rolled-back']} rolled back, ${aborted} aborted, ${missed} not reached, ${violation} violations`,
  );
  for (const problem of broken) console.log(`VIOLATION ${problem.split('\n')[0]}`);
  for (const { trial, outcome } of done) {
    if (outcome !== 'violation') continue;
    const { journey, point } = trial;
    console.log(
      `To see it again: npm run chaos:deploy -- --verbose --journey '${journey.name}' --only '${nameOf(point)}'`,
    );
  }
  process.exitCode = violation > 0 || broken.length > 0 || done.length === 0 ? 1 : 0;
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1_000);
}

/**
 * Kills an engine before and after every commit and every effect of jobs that use every operation there is, goes on in
 * another process, and compares what is left with an undisturbed run. Then two crashes a run, at places drawn by lot, and
 * a disk that is full for a while, from every write on.
 * npm run chaos:sweep [-- --job 'aborted in a sleep' --at 17 --pairs 40 --every 3 --seed N --lanes 3]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, type Random } from '../chaos/random.ts';
import { abortedJobs } from './aborted-jobs.ts';
import { playFullDisk } from './full-disk-case.ts';
import {
  type Case,
  type Ground,
  makeTemplate,
  playCase,
  type Undisturbed,
  undisturbed,
  type Verdict,
} from './sweep.ts';

const words = readWords();
const random = createRandom(words.seed);
const root = mkdtempSync(join(tmpdir(), 'forge-sweep-'));
// Processes start twice as fast when they need not read TypeScript again.
process.env.NODE_COMPILE_CACHE = join(root, 'compiled');
console.log(`seed ${words.seed}, ${words.pairs} runs with two crashes`);
const began = Date.now();
const baselines = new Map<string, Undisturbed>();
for (const job of words.jobs) baselines.set(job, await baseline(job));
const verdicts = await play([...everyPoint(), ...pairs(random, words.pairs)], playCase);
const full = words.at === undefined ? await play(everyWrite(), playFullDisk) : [];
tell();

async function baseline(job: string): Promise<Undisturbed> {
  await makeTemplate(templateOf(job), job);
  await makeTemplate(join(root, 'undisturbed', job), job);
  return undisturbed(join(root, 'undisturbed', job));
}

function templateOf(job: string): string {
  return join(root, 'template', job);
}

function everyPoint(): Case[] {
  return [...baselines].flatMap(([job, { points }]) => {
    const all = Array.from({ length: points }, (_, index) => index + 1);
    return all
      .filter((point) => (words.at === undefined ? isInTurn(point) : point === words.at))
      .map((point) => ({ job, crashAts: [point] }));
  });
}

function pairs(source: Random, count: number): Case[] {
  return Array.from({ length: count }, () => {
    const job = words.jobs[Math.floor(source.between(0, words.jobs.length))] ?? '';
    const points = baselines.get(job)?.points ?? 0;
    const first = Math.floor(source.between(1, points + 1));
    const second = Math.floor(source.between(1, points - first + 8));
    return { job, crashAts: [first, second] };
  });
}

/** There are two crash points to a write. */
function everyWrite(): { job: string; fullAt: number }[] {
  return [...baselines].flatMap(([job, { points }]) =>
    Array.from({ length: Math.ceil(points / 2) }, (_, index) => ({ job, fullAt: index + 1 })).filter(
      ({ fullAt }) => isInTurn(fullAt),
    ),
  );
}

/** With `--every`, the seed says which of the points are in turn, so that others are the next time. */
function isInTurn(point: number): boolean {
  return point % words.every === words.seed % words.every;
}

/** Several side by side: a run mostly waits for its timers. */
async function play<One extends { job: string }>(
  cases: readonly One[],
  playOne: (one: One, ground: Ground) => Promise<Verdict>,
): Promise<Verdict[]> {
  const left = [...cases].reverse();
  const played: Verdict[] = [];
  const lane = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const expected = baselines.get(one.job)?.remains;
      if (expected === undefined) throw new Error(`There is no undisturbed run of "${one.job}"`);
      const verdict = await playOne(one, { root, template: templateOf(one.job), expected });
      played.push(verdict);
      if (verdict.violations.length > 0) complain(verdict);
    }
  };
  await Promise.all(Array.from({ length: words.lanes }, lane));
  return played;
}

function complain({ what, violations, folder }: Verdict): void {
  console.log(`VIOLATION ${what}; kept in ${folder}`);
  for (const violation of violations) console.log(`  ${violation}`);
}

function tell(): void {
  for (const [job, { points }] of baselines) console.log(`${String(points).padStart(4)} points of "${job}"`);
  const crashes = sum(verdicts.map((verdict) => verdict.crashes));
  const violations = sum([...verdicts, ...full].map((verdict) => verdict.violations.length));
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `${verdicts.length} runs with ${crashes} crashes, ${full.length} on a full disk, ${violations} violations, ${seconds} s`,
  );
  if (verdicts.length === 0 || violations > 0) process.exitCode = 1;
  else rmSync(root, { recursive: true });
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function readWords() {
  const { values } = parseArgs({
    options: {
      job: { type: 'string' },
      at: { type: 'string' },
      pairs: { type: 'string', default: '40' },
      every: { type: 'string', default: '1' },
      lanes: { type: 'string', default: '3' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const numbers = [values.pairs, values.lanes, values.seed, values.every].map(Number);
  const [pairCount = 0, lanes = 0, seed = 0, every = 0] = numbers;
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0) || lanes === 0 || every === 0) {
    throw new Error('--pairs and --seed take a number from 0 on, --lanes and --every one from 1 on');
  }
  const jobs = values.job === undefined ? ['everything', 'starting over', ...abortedJobs] : [values.job];
  const at = values.at === undefined ? undefined : Number(values.at);
  return { jobs, at, pairs: pairCount, lanes, seed, every };
}

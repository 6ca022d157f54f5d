/**
 * Lets every call Forge makes to Slack and AWS fail, one at a time, in every way and at every place, and judges how the
 * deployment, its message and AWS end and what people were told.
 * npm run chaos:faults [-- --journey canary --only 'ecs UpdateService cut-after' --slice 60 --seed N --workers 4 --verbose]
 */
import { parseArgs } from 'node:util';
import { workThrough } from './crew.ts';
import { JOURNEYS } from './journeys.ts';
import { nameOf, type Place, placesOf, type Trial, trialsOf } from './places.ts';
import type { TrialResult } from './scenario.ts';
import { slice } from './slice.ts';
import { LEGEND, tableOf, totalsOf } from './table.ts';

/** So many trials between two lines that say how far it is. */
const TOLD_EVERY = 100;

type Done = { trial: Trial } & TrialResult;

const words = readWords();
const began = Date.now();
const journeys = JOURNEYS.filter(
  ({ name }) => words.journey.length === 0 || words.journey.some((part) => name.includes(part)),
);
const places = await recordPlaces();
const all = trialsOf(places);
const chosen = choose(all);
console.log(
  `${places.length} places, ${all.length} trials, ${chosen.length} of them now (seed ${words.seed})`,
);
const done: Done[] = [];
await workThrough(chosen, {
  size: words.workers,
  taskOf: (trial) => ({ type: 'try', trial }),
  heard(trial, report) {
    const result =
      report.type === 'tried' ? report.result : broken(report.type === 'failed' ? report.problem : '');
    done.push({ trial, ...result });
    tell({ trial, ...result });
    if (done.length % TOLD_EVERY === 0)
      console.log(`${done.length} of ${chosen.length} after ${secondsSince(began)} s`);
  },
});
finish();

async function recordPlaces(): Promise<Place[]> {
  const found = new Map<string, Place[]>();
  await workThrough(journeys, {
    size: words.workers,
    taskOf: ({ name }) => ({ type: 'record', journey: name }),
    heard({ name }, report) {
      if (report.type !== 'recorded') {
        throw new Error(report.type === 'failed' ? report.problem : `“${name}” was not recorded`);
      }
      found.set(name, placesOf(name, report.calls));
    },
  });
  return journeys.flatMap(({ name }) => found.get(name) ?? []);
}

function choose(trials: readonly Trial[]): Trial[] {
  const names = new Set(trials.map(nameOf));
  const isMeant = (trial: Trial, only: string) =>
    names.has(only) ? nameOf(trial) === only : nameOf(trial).includes(only) || keyOf(trial).includes(only);
  const wanted = trials.filter(
    (trial) => words.only.length === 0 || words.only.some((only) => isMeant(trial, only)),
  );
  return words.slice === undefined ? wanted : slice(wanted, { count: words.slice, seed: words.seed });
}

function tell({ trial, outcome, seconds, told, violations, log }: Done): void {
  if (outcome !== 'violation' && !words.verbose) return;
  console.log(`${outcome} after ${seconds.toFixed(1)} s: ${nameOf(trial)}`);
  for (const one of told) console.log(`  told: ${one}`);
  for (const one of violations) console.log(`  VIOLATION ${one}`);
  for (const line of words.verbose ? log : []) console.log(`    ${line}`);
}

function finish(): void {
  const { right, told, held, missed, violation } = totalsOf(done);
  console.log(`\n${tableOf(done)}\n\n${LEGEND}`);
  console.log(
    `${done.length} trials in ${secondsSince(began)} s: ${right} right, ${told} told, ${held} held, ${missed} not reached, ${violation} violations`,
  );
  for (const { trial } of done.filter(({ outcome }) => outcome === 'violation')) {
    console.log(`To see it again: npm run chaos:faults -- --verbose --only '${nameOf(trial)}'`);
  }
  process.exitCode = violation > 0 ? 1 : 0;
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1_000);
}

function broken(problem: string): TrialResult {
  return { outcome: 'violation', seconds: 0, told: [], violations: [problem], log: [] };
}

function keyOf({ service, operation, kind }: Trial): string {
  return `${service} ${operation} ${kind}`;
}

function readWords() {
  const { values } = parseArgs({
    options: {
      journey: { type: 'string', multiple: true, default: [] },
      slice: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      workers: { type: 'string', default: '4' },
      verbose: { type: 'boolean', default: false },
    },
  });
  return {
    slice: values.slice === undefined ? undefined : wholeNumber('--slice', values.slice),
    seed:
      values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : wholeNumber('--seed', values.seed),
    workers: wholeNumber('--workers', values.workers),
    ...{ journey: values.journey, only: values.only, verbose: values.verbose },
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${option} takes a whole number from 0 on`);
  return number;
}

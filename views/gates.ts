import type { KnownBlock } from '@slack/types';
import { type Deployment, type GatesState, isFinished } from '../src/domain/deployment.ts';
import type { ShownGate } from '../src/domain/shown-gate.ts';
import { context, section } from './blocks.ts';
import { clockTime, escaped, moment, quoted, sentence } from './text.ts';

/** Regions whose gates are told; the others have had theirs, or come later. */
const MOST_REGIONS = 3;
/** Characters of a gate's words below which room is short. */
const SHORT = 200;
/** A measurement so much older than the newest one says its own time. Milliseconds. */
const OLD = 90_000;

/**
 * What the gates said at the last look: what is wrong first, then what cannot be told, then what is well. A gate's words
 * have at most `most` characters; where room is short, one region is told.
 */
export function gateBlocks(deployment: Deployment, { most }: { most: number }): KnownBlock[] {
  const told = regionsToTell(deployment).slice(0, most < SHORT ? 1 : MOST_REGIONS);
  if (told.length === 0) return allWell(deployment);
  const isOneOfMany = Object.keys(deployment.plan.from).length > 1;
  return told.map(([region, state]) =>
    section(
      [
        heading(isOneOfMany ? region : undefined, state, deployment),
        ...gateLines(state, Math.min(most, 400)),
      ].join('\n'),
    ),
  );
}

/** While it runs, the region at work; later only what was not well. */
function regionsToTell(deployment: Deployment): [string, GatesState][] {
  const read = Object.entries(deployment.gates).filter(([, { gates }]) => gates.length > 0);
  if (isFinished(deployment)) return read.filter(([, { gates }]) => !gates.every(isPassed));
  const isAtWork = ([region]: [string, GatesState]) =>
    deployment.plan.steps.some(
      (step) => step.region === region && deployment.steps[step.id]?.kind === 'running',
    );
  const atWork = read.filter(isAtWork);
  if (atWork.length > 0) return atWork;
  return read.toSorted(([, left], [, right]) => right.at - left.at).slice(0, 1);
}

function allWell(deployment: Deployment): KnownBlock[] {
  const read = Object.values(deployment.gates).filter(({ gates }) => gates.length > 0);
  if (!isFinished(deployment) || read.length === 0) return [];
  const at = Math.max(...read.map((state) => state.at));
  return [context(`Every gate was within its limit at the last look, ${moment(at)}.`)];
}

function isPassed({ kind }: ShownGate): boolean {
  return kind === 'passed';
}

function heading(region: string | undefined, state: GatesState, deployment: Deployment): string {
  const step = deployment.plan.steps.find(({ id }) => id === state.step);
  const weight = step?.kind === 'bake' ? ` at ${step.weight} %` : '';
  const where = region === undefined ? '' : ` in ${escaped(region)}`;
  const newest = newestOf(state);
  const show = isFinished(deployment) ? moment : clockTime;
  const measured = newest === undefined ? 'nothing measured yet' : `measured ${show(newest)}`;
  return `*Gates*${where}${weight}, ${measured}`;
}

function newestOf({ gates }: GatesState): number | undefined {
  const times = gates.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return times.length === 0 ? undefined : Math.max(...times);
}

function gateLines(state: GatesState, most: number): string[] {
  const { gates } = state;
  const newest = newestOf(state) ?? 0;
  const of = (kind: ShownGate['kind']) => gates.filter((gate) => gate.kind === kind);
  const passed = of('passed').map((gate) => `${title(gate)} ${measured(gate, most)}${age(gate, newest)}`);
  return [
    ...of('failed').map(
      (gate) => `:x: *${title(gate)} outside the limit:* ${words(gate, most)}${age(gate, newest)}`,
    ),
    ...of('error').map(
      (gate) => `:warning: *${title(gate)} not measured:* ${words(gate, most)}${age(gate, newest)}`,
    ),
    ...of('inconclusive').map(
      (gate) => `:grey_question: *${title(gate)}, cannot tell yet:* ${words(gate, most)}${age(gate, newest)}`,
    ),
    ...(passed.length === 0 ? [] : [`:white_check_mark: Within limits: ${passed.join(' · ')}`]),
  ];
}

function words(gate: ShownGate, most: number): string {
  return gate.words.trim() === '' ? sentence(numbers(gate)) : sentence(quoted(gate.words, most));
}

/** Of the probe only its words say anything: nobody knows what its number counts. */
function measured(gate: ShownGate, most: number): string {
  if (gate.gate !== 'probe' || gate.words.trim() === '') return numbers(gate);
  const told = quoted(gate.words, most).replace(/\.$/u, '');
  return told.slice(0, 1).toLowerCase() + told.slice(1);
}

function numbers({ value, limit }: ShownGate): string {
  return value === undefined ? `(${quoted(limit, 60)})` : `${quoted(value, 60)} (${quoted(limit, 60)})`;
}

function age({ at }: ShownGate, newest: number): string {
  return at === undefined || newest - at < OLD ? '' : ` As of ${clockTime(at)}.`;
}

/** What people call a gate. */
const TITLES: Readonly<Record<string, string>> = {
  errors: 'Errors',
  '5xx': 'Server errors',
  p95: 'p95 latency',
  p99: 'p99 latency',
  'active-connections': 'Connections',
  'database-connections': 'Database connections',
  'healthy-targets': 'Healthy tasks',
  probe: 'Probe',
};

/** The gate as people call it, in markup. */
export function gateTitle(gate: string): string {
  return (Object.hasOwn(TITLES, gate) ? TITLES[gate] : undefined) ?? quoted(gate, 40);
}

function title({ gate }: ShownGate): string {
  return gateTitle(gate);
}

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Figure, InvariantBroken, lineOf, quantile } from '../engine/figure.ts';
import type { Measured } from './measure.ts';
import { abortOnce, failOnce, rollBackOnce } from './returns.ts';
import { type Stage, setUpStage } from './stage.ts';

/**
 * How soon all traffic is back, from the click until it is read back from the load balancer: `npm run bench:rollback`. Fails when
 * traffic does not come back, is not read back, or waits for more calls than it may; a slow machine misses the times only.
 */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '30' },
    latency: { type: 'string', default: '200' },
    /** Aborts, and failures, in the middle of a canary. */
    middle: { type: 'string', default: '10' },
  },
});
const { times, latency, middle } = z
  .object({ times: z.coerce.number(), latency: z.coerce.number(), middle: z.coerce.number() })
  .parse(values);

/** One round of reads, one of writes. */
const MOST_SEQUENTIAL = 2;
const TARGET_MS = { 0: 1_000, slow: 2_000 };

try {
  await measureAll();
} catch (error) {
  if (!(error instanceof InvariantBroken)) throw error;
  console.error(`An invariant is broken: ${error.message}`);
  process.exitCode = 1;
}

async function measureAll(): Promise<void> {
  await onStage({ 'blue-green': ['100% for 500ms'] }, async (stage) => {
    for (const ms of [0, latency]) {
      await measure('rollback, warm standby', ms, times, () => rollBackOnce(stage, ms));
    }
  });
  await onStage({ canary: ['50% for 10m', '100% for 500ms'] }, async (stage) => {
    for (const ms of [0, latency]) {
      await measure('abort in the middle of a canary', ms, middle, () => abortOnce(stage, ms));
      await measure('automatic, in the middle of a canary', ms, middle, () => failOnce(stage, ms));
    }
  });
}

async function onStage(
  strategy: Record<string, string[]>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const stage = await setUpStage(strategy);
  try {
    await play(stage);
  } finally {
    await stage.stop();
  }
}

async function measure(
  name: string,
  latencyMs: number,
  count: number,
  once: () => Promise<Measured>,
): Promise<void> {
  const all: Measured[] = [];
  for (let round = 1; round <= count; round += 1) all.push(await once());
  if (all.length > 0) report(name, latencyMs, all);
}

function report(name: string, latencyMs: number, all: readonly Measured[]): void {
  console.log(`${name}, ${all.length} times, ${latencyMs} ms added to every call of AWS`);
  for (const figure of figuresOf(all, latencyMs)) console.log(`  ${lineOf(figure)}`);
  const sequential = all.flatMap((one) => (one.sequential === undefined ? [] : [one.sequential]));
  if (sequential.length === 0) return;
  const most = Math.max(...sequential);
  console.log(
    `  calls of AWS one after the other before traffic moved: ${most} at most (${MOST_SEQUENTIAL} allowed)`,
  );
  if (most > MOST_SEQUENTIAL)
    throw new InvariantBroken(`${name}: traffic waited for ${most} calls of AWS in a row`);
}

function figuresOf(all: readonly Measured[], latencyMs: number): Figure[] {
  const target = latencyMs === 0 ? TARGET_MS[0] : TARGET_MS.slow;
  const figure = (what: string, of: keyof Measured, share: number): Figure => ({
    ...{ name: `${what}, p${share * 100}`, unit: 'ms' },
    value: quantile(
      all.map((one) => one[of] ?? Number.NaN),
      share,
    ),
  });
  return [
    figure('the last write reaches AWS', 'movedMs', 0.5),
    figure('read back and confirmed', 'confirmedMs', 0.5),
    { ...figure('read back and confirmed', 'confirmedMs', 0.95), target: { kind: 'below', value: target } },
    figure('as people are told', 'toldMs', 0.95),
  ];
}

import { join } from 'node:path';
import { inFolder, openEngine, untilDone } from './bench-engine.ts';
import { type Figure, InvariantBroken } from './figure.ts';
import { defineJobs, TEN } from './jobs.ts';

const RUNS = 300;
const ROUNDS = 4;

/** How many runs of ten operations end in a second: the best of some rounds, because others use the machine too. */
export async function throughput(): Promise<Figure[]> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rates.push(await inFolder(rateOf));
  const target = { kind: 'at least', value: 100 } as const;
  return [
    {
      name: `runs of ten operations, ${RUNS} at once, best of ${ROUNDS}`,
      value: Math.max(...rates),
      unit: 'runs/s',
      target,
    },
    { name: `  the worst of ${ROUNDS}`, value: Math.min(...rates), unit: 'runs/s' },
    { name: '  one run after another', value: await inFolder(rateOfOneByOne), unit: 'runs/s' },
  ];
}

async function rateOf(folder: string): Promise<number> {
  return measured(folder, RUNS, async (engine) => {
    const ids = Array.from({ length: RUNS }, (_, index) => `run-${index}`);
    const started = performance.now();
    await Promise.all(ids.map((id) => engine.run('ten', null, { id })));
    await untilDone(engine, RUNS);
    return started;
  });
}

async function rateOfOneByOne(folder: string): Promise<number> {
  const runs = 50;
  return measured(folder, runs, async (engine) => {
    const started = performance.now();
    for (let index = 0; index < runs; index += 1) {
      const id = `run-${index}`;
      await engine.run('ten', null, { id });
      while ((await engine.get(id))?.status !== 'done') await new Promise((resolve) => setImmediate(resolve));
    }
    await untilDone(engine, runs);
    return started;
  });
}

type OpenedEngine = ReturnType<typeof openEngine>['engine'];

async function measured(
  folder: string,
  runs: number,
  work: (engine: OpenedEngine) => Promise<number>,
): Promise<number> {
  const effects = new Map<string, number>();
  const { engine, close } = openEngine(join(folder, 'forge.db'));
  defineJobs(engine, {
    onEffect: (operation) => effects.set(operation, (effects.get(operation) ?? 0) + 1),
    onHeard: () => undefined,
  });
  await engine.start();
  const started = await work(engine);
  const seconds = (performance.now() - started) / 1000;
  await close();
  const repeated = [...effects].find(([, times]) => times !== 1);
  if (repeated !== undefined) throw new InvariantBroken(`${repeated[0]} ran ${repeated[1]} times`);
  if (effects.size !== runs * TEN)
    throw new InvariantBroken(`${effects.size} of ${runs * TEN} operations ran`);
  return runs / seconds;
}

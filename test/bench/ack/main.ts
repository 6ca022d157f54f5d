import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Figure, InvariantBroken, lineOf, quantile } from '../engine/figure.ts';
import { keptAfterKill } from './kept-after-kill.ts';
import type { Typed } from './messages.ts';
import { startProcesses } from './processes.ts';
import { untilAllDone } from './until-all-done.ts';

/**
 * How soon Slack hears that a command arrived, beside a bare app on the same sandbox: `npm run bench:ack`. Rounds of
 * both take turns, so that whatever else the machine does strikes both. Fails only when an acknowledged command was not kept.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    commands: { type: 'string', default: '200' },
    kills: { type: 'string', default: '5' },
  },
});
const { rounds, commands, kills } = z
  .object({ rounds: z.coerce.number(), commands: z.coerce.number(), kills: z.coerce.number() })
  .parse(values);

const processes = await startProcesses();
try {
  await measure();
} catch (error) {
  if (!(error instanceof InvariantBroken)) throw error;
  console.error(`An invariant is broken: ${error.message}`);
  process.exitCode = 1;
} finally {
  await processes.stop();
}

async function measure(): Promise<void> {
  const forge = await processes.startForge();
  const times: Record<'forge' | 'bare', number[][]> = { forge: [], bare: [] };
  // The first round of each only wakes it up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const workspace of ['bare', 'forge'] as const) {
      const typed = await processes.type({ workspace, commands, label: `round-${round}` });
      const acked = ackTimes(typed, `${workspace} in round ${round}`);
      if (round > 0) times[workspace].push(acked);
      // A burst, not a flood: what the last round asked for is answered before the next one is typed.
      if (workspace === 'forge') await untilAllDone(processes.databaseFile);
    }
  }
  for (const figure of figuresOf(times)) console.log(lineOf(figure));

  const looked = await processes.type({
    ...{ workspace: 'forge', commands, label: 'looked' },
    lookIn: processes.databaseFile,
  });
  const unkept = looked.filter(({ ackMs, isKept }) => ackMs !== undefined && isKept !== true);
  if (unkept.length > 0)
    throw new InvariantBroken(`${unkept.length} commands were acknowledged and not kept`);
  console.log(
    `Kept at the moment of the acknowledgement, as another connection sees it: ${looked.length} of ${looked.length}`,
  );

  process.kill(forge.pid, 'SIGKILL');
  await forge.ended;
  console.log(await keptAfterKill(processes, { kills, commands }));
}

function ackTimes(typed: readonly Typed[], where: string): number[] {
  const times = typed.map(({ ackMs }) => ackMs).filter((ms) => ms !== undefined);
  const lost = typed.length - times.length;
  if (lost > 0) throw new InvariantBroken(`${lost} commands of ${where} were not acknowledged within 3 s`);
  return times;
}

function figuresOf({ forge, bare }: Record<'forge' | 'bare', number[][]>): Figure[] {
  const shares = [0.5, 0.95, 0.99] as const;
  const latest = { forge: quantile(forge.flat(), 0.99), bare: quantile(bare.flat(), 0.99) };
  const typical = { forge: typicalLatest(forge), bare: typicalLatest(bare) };
  return [
    ...shares.map((share) => figure(`bare Bolt app, ack p${share * 100}`, quantile(bare.flat(), share))),
    ...shares.map((share) => figure(`Forge, ack p${share * 100}`, quantile(forge.flat(), share))),
    figure('Forge, ack p99 of all rounds', latest.forge, 250),
    figure('   … beyond the bare app’s', latest.forge - latest.bare, 50),
    // One round that met a busy moment of the machine decides the p99 of all; the median round does not depend on it.
    figure('Forge, ack p99 of the median round', typical.forge, 250),
    figure('   … beyond the bare app’s', typical.forge - typical.bare, 50),
  ];
}

function typicalLatest(rounds: readonly number[][]): number {
  return quantile(
    rounds.map((times) => quantile(times, 0.99)),
    0.5,
  );
}

function figure(name: string, value: number, below?: number): Figure {
  return { name, value, unit: 'ms', ...(below !== undefined && { target: { kind: 'below', value: below } }) };
}

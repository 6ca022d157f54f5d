import Sqlite from 'better-sqlite3';
import { InvariantBroken } from '../engine/figure.ts';
import type { Processes } from './processes.ts';
import { untilAllDone } from './until-all-done.ts';

/**
 * Kills Forge right at an acknowledgement, again and again, and finds every command that was acknowledged until then in
 * the database; the next Forge does all of them. Forge must not run yet, and does not run afterwards.
 */
export async function keptAfterKill(
  processes: Processes,
  { kills, commands }: { kills: number; commands: number },
): Promise<string> {
  let acked = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const forge = await processes.startForge();
    const atAck = Math.ceil((commands * kill) / (kills + 1));
    const typed = await processes.type({
      ...{ workspace: 'forge', commands, label: `kill-${kill}` },
      kill: { pid: forge.pid, atAck },
    });
    await forge.ended;
    const acknowledged = typed.filter(({ ackMs }) => ackMs !== undefined);
    if (acknowledged.length < atAck) {
      throw new InvariantBroken(`Forge was to die at ack ${atAck} and gave only ${acknowledged.length}`);
    }
    acked += acknowledged.length;
    const lost = missingIn(
      processes.databaseFile,
      acknowledged.map(({ words }) => words),
    );
    if (lost.length > 0) throw new InvariantBroken(`Acknowledged, then lost by a kill: ${lost.join(', ')}`);
  }
  const last = await processes.startForge();
  await untilAllDone(processes.databaseFile);
  process.kill(last.pid, 'SIGKILL');
  await last.ended;
  return `Killed right at an acknowledgement ${kills} times: ${acked} acknowledged, ${acked} kept, all done by the next start`;
}

function missingIn(file: string, words: readonly string[]): string[] {
  const database = new Sqlite(file, { readonly: true });
  const find = database.prepare('select 1 from arrival where instr(payload, ?) > 0');
  const missing = words.filter((each) => find.get(`"${each}"`) === undefined);
  database.close();
  return missing;
}

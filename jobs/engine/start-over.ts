import type { RunRecord } from './driver.ts';
import type { Setting } from './setting.ts';
import { never } from './term.ts';

/** Forgets what the run has done and hands it to `begin`. Then this never comes back: the run's code goes on from its start. */
export async function startOver(
  { run, term, after }: Setting & { after: number },
  begin: (record: RunRecord) => Promise<void>,
): Promise<void> {
  // Where the journal goes on, an earlier life came back from here, and what it has of the rest must not be forgotten.
  if (run.operations < after || run.unreached() !== undefined) return;
  if (run.isShielded)
    throw new Error(`Run ${run.id} cannot start over inside a shield: an abort would reach it`);
  await term.mayBegin();
  if (run.isDismissed) return never();
  run.dismiss(new Error(`Run ${run.id} starts over`));
  await run.settled();
  await begin(await term.call((leadership) => leadership.startOver(run.id, run.nextSequence)));
  return never();
}

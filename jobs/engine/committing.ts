import type { Change } from '../../src/ports/store.ts';
import type { Outcome } from './driver.ts';
import type { JobChange, JobContext } from './engine.ts';
import type { Reached } from './live-run.ts';
import { failureOf } from './outcome.ts';
import { carryOut, type Setting, write } from './setting.ts';

/** Writes changes with the journal's entry. What makes them impossible to write fails the operation. */
export function commit(
  reached: Reached,
  changes: readonly JobChange[],
  setting: Setting,
): ReturnType<JobContext['commit']> {
  return carryOut(reached, work, setting);

  async function work(): Promise<Outcome> {
    const { term } = setting;
    const { place } = reached;
    const complete = completed(changes, place);
    try {
      return await write((leadership) => leadership.commit(place, { changes: complete }), setting);
    } catch (error) {
      term.report(new Error(`Run ${place.run} could not write ${place.name}`, { cause: error }));
      return write((leadership) => leadership.record(place, failureOf(error)), setting);
    }
  }
}

/** A second append of one commit to the same deployment gets a cause of its own. */
function completed(changes: readonly JobChange[], { run, sequence }: Reached['place']): Change[] {
  const appends = new Map<number, number>();
  return changes.map((change) => {
    if (change.kind !== 'append') return change;
    const earlier = appends.get(change.deployment) ?? 0;
    appends.set(change.deployment, earlier + 1);
    const cause = earlier === 0 ? `${run}/${sequence}` : `${run}/${sequence}/${earlier}`;
    return { ...change, by: change.by ?? { kind: 'job', run }, cause: change.cause ?? cause };
  });
}

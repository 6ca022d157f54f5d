import type { Json } from '../../src/domain/json.ts';
import type { Outcome } from './driver.ts';
import { durationMs } from './duration.ts';
import type { JobContext, RunStatus } from './engine.ts';
import type { Reached } from './live-run.ts';
import { carryOut, childRun, type Setting, write } from './setting.ts';
import { never } from './term.ts';

type SpawnOptions = NonNullable<Parameters<JobContext['spawn']>[2]>;

/** Starts a run that lives on its own. */
export function spawn(
  reached: Reached,
  child: { job: string; input: Json; options: SpawnOptions },
  setting: Setting,
): Promise<string> {
  return carryOut(reached, work, setting);

  async function work(): Promise<Outcome> {
    const { place } = reached;
    const { delay, ...options } = child.options;
    const at = options.at ?? (delay === undefined ? undefined : setting.term.clock.now() + durationMs(delay));
    const id = options.id ?? `${place.run}/${place.sequence}`;
    const start = childRun({ ...options, ...(at === undefined ? {} : { at }), id, ...named(child) }, setting);
    return write((leadership) => leadership.commit(place, { changes: [start], value: id }), setting);
  }
}

function named({ job, input }: { job: string; input: Json }): { job: string; input: Json } {
  return { job, input };
}

type Branches = Parameters<JobContext['runAll']>[0];
type Child = { branch: string; id: string };

/** Starts a run per branch and waits for all of them, also when one fails or when they are aborted. */
export function runAll(
  reached: Reached,
  branches: Branches,
  setting: Setting,
): Promise<Record<string, Json>> {
  return carryOut(reached, work, setting);

  async function work(): Promise<Outcome> {
    const { place } = reached;
    const children = Object.keys(branches).map((branch) => ({ branch, id: childId(place, branch) }));
    const changes = Object.entries(branches).map(([branch, { job, input }]) =>
      childRun({ id: childId(place, branch), job, input }, setting),
    );
    const entry = await write((leadership) => leadership.open(place, { changes }), setting);
    if (entry.outcome !== undefined) return entry.outcome;
    setting.driver.announce();
    await untilAllEnded(reached, children, setting);
    const outcome = await outcomeOf(children, setting);
    return write((leadership) => leadership.record(place, outcome), setting);
  }
}

/** No two branches, of this run or of any other, have children of the same id. */
function childId({ run, sequence }: Reached['place'], branch: string): string {
  if (!/^[^/,]+$/u.test(branch)) {
    throw new Error(`A branch cannot be named "${branch}": name it without "/" and ","`);
  }
  return `${run}/${sequence}/${branch}`;
}

async function untilAllEnded(
  { place }: Reached,
  children: Child[],
  { run, term, driver }: Setting,
): Promise<void> {
  const watch = {};
  let isAborting = false;
  run.watching.add(watch);
  try {
    for (;;) {
      const seen = run.bell.rings;
      if (run.isDismissed) return await never();
      const { abort } = run;
      if (!isAborting && place.deliverAbort && abort !== undefined) {
        isAborting = true;
        for (const { id } of children) await term.call(() => driver.abort(id, abort));
      }
      const views = await term.call(() => Promise.all(children.map(({ id }) => driver.get(id))));
      if (views.every((view) => view?.endedAt !== undefined)) return;
      await run.bell.wait(term.clock, { seen });
    }
  } finally {
    run.watching.delete(watch);
  }
}

/** How the parent tells what became of a child that threw nothing. */
const errorNames = {
  stuck: 'ChildStuck',
  aborted: 'ChildAborted',
  failed: 'ChildNotDone',
  done: 'ChildNotDone',
  queued: 'ChildNotDone',
  active: 'ChildNotDone',
} satisfies Record<RunStatus, string>;

async function outcomeOf(children: Child[], { driver, term }: Setting): Promise<Outcome> {
  const outputs: Record<string, Json> = {};
  const failures: { errorName: string; message: string }[] = [];
  for (const { branch, id } of children) {
    const view = await term.call(() => driver.get(id));
    if (view?.status === 'done') outputs[branch] = view.output ?? null;
    else {
      const message = `${branch}: ${view?.error ?? view?.status}`;
      failures.push({ errorName: view?.errorName ?? errorNames[view?.status ?? 'aborted'], message });
    }
  }
  const [first] = failures;
  if (first === undefined) return { kind: 'ok', value: outputs };
  return {
    kind: 'failed',
    errorName: failures.length === 1 ? first.errorName : 'ChildrenNotDone',
    message: failures.map((failure) => failure.message).join('; '),
  };
}

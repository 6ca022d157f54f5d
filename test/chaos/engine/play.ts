import { type JobChange, type JobContext, OperationFailed } from '../../../jobs/engine/engine.ts';
import type { Json } from '../../../src/domain/json.ts';
import { aRequestedEvent } from '../../builders.ts';
import { effectOperation, type World } from './effect-operation.ts';
import {
  type Act,
  actName,
  type CommitAct,
  impossibleVersion,
  jobName,
  ownSpawnId,
  type Script,
  startedByCommit,
} from './script.ts';

export type Played = { context: JobContext; script: Script; world: World; seen: Json[] };

/** What the journal gives back where an operation failed and the job goes on. */
export const failedValue = 'failed';

/** Does one act; gives one value per operation of it, as the job saw it. */
export async function play(act: Act, index: number, played: Played): Promise<Json[]> {
  const { context } = played;
  const name = actName(index);
  switch (act.kind) {
    case 'operation':
      return [await unlessFailed(() => effectOperation(played, { ...act, name }))];
    case 'shield':
      return context.shield(() => playShielded(played, { name, milliseconds: act.milliseconds }));
    case 'sleep':
      await context.sleep(name, act.milliseconds);
      return [null];
    case 'wait':
      return [await context.waitFor(act.signal, act.withinMs === undefined ? {} : { within: act.withinMs })];
    case 'values':
      return [await context.now(), await context.random(), await context.uuid()];
    case 'commit':
      return [await context.commit(name, changesOf(act, index, played))];
    case 'spawn': {
      const own = act.hasOwnId ? { id: ownSpawnId(context.runId, index) } : {};
      return [await context.spawn(jobName, act.script, { delay: act.delayMs, ...own })];
    }
    case 'run-all':
      return [await unlessFailed(() => context.runAll(branchesOf(act)))];
    case 'fail':
      return [];
  }
}

async function playShielded(
  played: Played,
  { name, milliseconds }: { name: string; milliseconds: number },
): Promise<Json[]> {
  const first = await effectOperation(played, { name: `${name}.0`, milliseconds });
  await played.context.sleep(`${name}.1`, 5);
  const second = await effectOperation(played, { name: `${name}.2`, milliseconds });
  return [first, null, second];
}

async function unlessFailed(work: () => Promise<Json>): Promise<Json> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperationFailed) return failedValue;
    throw error;
  }
}

function branchesOf(act: Extract<Act, { kind: 'run-all' }>): Parameters<JobContext['runAll']>[0] {
  const branches = Object.entries(act.branches);
  return Object.fromEntries(branches.map(([name, input]) => [name, { job: jobName, input }]));
}

function changesOf(act: CommitAct, index: number, { context, script }: Played): JobChange[] {
  const run = context.runId;
  const first = script.acts.findIndex((other) => other.kind === 'commit' && !other.conflicts);
  const events = index === first ? [aRequestedEvent()] : [{ type: 'checking' as const }];
  const expect = act.conflicts ? impossibleVersion : 'any';
  const changes: JobChange[] = [{ kind: 'append', deployment: script.deployment, expect, events }];
  if (act.starts !== undefined) {
    const id = startedByCommit(run, index);
    changes.push({ kind: 'start-run', id, job: jobName, input: act.starts });
  }
  if (act.rings !== undefined) {
    changes.push({ kind: 'signal-run', run, name: act.rings, id: `by ${index}`, by: run });
  }
  return changes;
}

import { join, resolve } from 'node:path';
import type { CommandOutcome, CommandRequest, CommandRunner } from '../ports/command-runner.ts';
import { emptyBox, removeTheirs } from './boxes.ts';
import { inFull } from './guarded.ts';
import { NotFetched } from './mirror.ts';
import { proveIsolation } from './prove.ts';
import { fullness } from './room.ts';
import { runCommand } from './run-command.ts';
import { createTurns } from './turns.ts';
import { requireWellFormed } from './well-formed.ts';
import { openWorkshop, type RunnerParts, type Workshop } from './workshop.ts';

export type IsolatedRunner = CommandRunner & {
  /**
   * Tries, as a check's command would, to reach what it must not, and removes what an earlier Forge left. Resolves with a sentence
   * for everything that it could do or that is missing; empty: isolated, or no isolation is asked for.
   */
  prove(): Promise<string[]>;
  /** Ends every command, and removes everything but the mirrors. Idempotent. */
  stop(): Promise<void>;
};

/** Runs commands of checks on this machine, isolated as the policy says. */
export function createCommandRunner(given: RunnerParts): IsolatedRunner {
  // Programs are begun elsewhere: what is meant from Forge's folder would mean another file there.
  const parts = { ...given, folder: resolve(given.folder), guarded: given.guarded?.map(inFull) ?? [] };
  const { policy } = parts;
  const stopping = new AbortController();
  const turns = createTurns(policy.isolation === 'user' ? 1 : policy.atOnce);
  const under = new Set<Promise<unknown>>();
  let stopped: Promise<void> | undefined;
  let opening: Promise<Workshop | { problems: string[] }> | undefined;

  function open(): Promise<Workshop | { problems: string[] }> {
    opening ??= openWorkshop(parts).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function run(request: CommandRequest, signal: AbortSignal): Promise<CommandOutcome> {
    const workshop = await open();
    if ('problems' in workshop) return { kind: 'unavailable', reason: workshop.problems.join(' ') };
    const turn = await turns.take(signal);
    const folder = join(workshop.folders.own, `box-${turn.place}`);
    try {
      const reason = await fullness(workshop.folders.own);
      if (reason !== undefined) return { kind: 'unavailable', reason };
      const box = await emptyBox(folder, workshop.isolation);
      return await runCommand(box, { request, network: policy.network === 'open' }, { ...workshop, signal });
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error;
      return { kind: 'unavailable', reason: error.message };
    } finally {
      await clearAway(folder, workshop).finally(turn.release);
    }
  }

  return {
    async run(request, { signal }) {
      requireWellFormed(request);
      const running = run(request, AbortSignal.any([signal, stopping.signal]));
      return await whileListed(under, running);
    },
    async prove() {
      const workshop = await open();
      if ('problems' in workshop) return workshop.problems;
      return await whileListed(under, proveIsolation(workshop, { ...parts, signal: stopping.signal }));
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    stopping.abort(new Error('The runner of checks has stopped.'));
    await Promise.allSettled(under);
    if (opening === undefined) return;
    const workshop = await opening;
    if ('close' in workshop) await workshop.close();
  }
}

async function clearAway(folder: string, { isolation }: Workshop): Promise<void> {
  await isolation.endLeftovers();
  await removeTheirs(folder, isolation);
}

async function whileListed<Value>(list: Set<Promise<unknown>>, promise: Promise<Value>): Promise<Value> {
  list.add(promise);
  try {
    return await promise;
  } finally {
    list.delete(promise);
  }
}

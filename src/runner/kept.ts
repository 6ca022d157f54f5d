import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTheirs } from './boxes.ts';
import { type Boxes, runInBox } from './in-box.ts';
import type { Box } from './isolation.ts';
import { createKeyedTurns } from './turns.ts';

/** Checkouts with dependencies that are kept at the same time. */
const MOST = 3;
/** Milliseconds. */
const WITHIN = 10 * 60_000;

/** Commands may be copying it: it is removed once the last of them has. */
type Kept = { at: string; readers: number; isForgotten: boolean };

/** What a checkout with its dependencies was made of. `work`: where it was seen, for what wrote that into files. */
export type Origin = { repository: string; commit: string; install: string; work: string };

/**
 * Checkouts as they were right after their dependencies were installed. Each was made by the code of its own commit, and is copied
 * for commands of that commit only: nothing one commit does reaches another.
 */
export type KeptCheckouts = {
  /** One at a time for each origin. */
  inTurn<Value>(origin: Origin, signal: AbortSignal, act: () => Promise<Value>): Promise<Value>;
  /** Fills an empty box; false where there is none, or none whole. */
  copyInto(box: Box, origin: Origin, signal: AbortSignal): Promise<boolean>;
  /** Keeps a copy of a box, and forgets the oldest. Resolves with why it could not. */
  keep(box: Box, origin: Origin, signal: AbortSignal): Promise<string | undefined>;
};

export function createKeptCheckouts({ folder, ...boxes }: Boxes & { folder: string }): KeptCheckouts {
  const { isolation } = boxes;
  const inTurn = createKeyedTurns();
  /** The oldest first. */
  const kept = new Map<string, Kept>();

  async function copy(box: Box, at: string, direction: 'in' | 'out', signal: AbortSignal) {
    const { work, home } = isolation.seen(box);
    const there = isolation.seenKept(at);
    const pairs = [
      [work, `${there}/work`],
      [home, `${there}/home`],
    ];
    const each = pairs.map(([own, other]) => (direction === 'in' ? [other, own] : [own, other]));
    const lines = each.map(([from, to]) => `mkdir -p ${quoted(to)} && cp -a ${quoted(from)}/. ${quoted(to)}`);
    const command = { command: lines.join(' && '), within: WITHIN, outputLimit: 2000 };
    return await runInBox(box, { ...command, network: false, kept: at }, { ...boxes, signal });
  }

  async function forget(key: string): Promise<void> {
    const one = kept.get(key);
    if (one === undefined) return;
    kept.delete(key);
    one.isForgotten = true;
    await removeUnread(one);
  }

  async function removeUnread({ at, readers, isForgotten }: Kept): Promise<void> {
    if (isForgotten && readers === 0) await removeTheirs(at, isolation);
  }

  async function reading(one: Kept, box: Box, signal: AbortSignal): Promise<boolean> {
    one.readers += 1;
    try {
      const ended = await copy(box, one.at, 'in', signal);
      return ended.kind === 'exited' && ended.code === 0;
    } finally {
      one.readers -= 1;
      await removeUnread(one);
    }
  }

  async function copyOut(box: Box, at: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const ended = await copy(box, at, 'out', signal);
      if (ended.kind !== 'exited') return ended.kind;
      return ended.code === 0 ? undefined : ended.output.text;
    } catch (error) {
      await removeTheirs(at, isolation);
      throw error;
    }
  }

  return {
    inTurn: (origin, signal, act) => inTurn(keyOf(origin), signal, act),
    async copyInto(box, origin, signal) {
      const one = kept.get(keyOf(origin));
      if (one === undefined) return false;
      if (await reading(one, box, signal)) return true;
      await forget(keyOf(origin));
      return false;
    },
    async keep(box, origin, signal) {
      const key = keyOf(origin);
      // A name that no command can guess, where it could reach the folder.
      const at = join(folder, randomBytes(16).toString('hex'));
      await mkdir(at, { mode: 0o700 });
      await isolation.hand([at]);
      const why = await copyOut(box, at, signal);
      if (why !== undefined) {
        await removeTheirs(at, isolation);
        return why;
      }
      await forget(key);
      kept.set(key, { at, readers: 0, isForgotten: false });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) await forget(oldest);
      return undefined;
    },
  };
}

function keyOf({ repository, commit, install, work }: Origin): string {
  return JSON.stringify([repository, commit, install, work]);
}

function quoted(text = ''): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

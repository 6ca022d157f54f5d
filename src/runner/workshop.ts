import { messageOf } from '../domain/errors.ts';
import type { RunnerPolicy } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import { endLeftovers, type Folders, makeFolders, removeLeftovers, removeTheirs } from './boxes.ts';
import { type Guarded, guardedByDefault } from './guarded.ts';
import type { Isolation } from './isolation.ts';
import { isolationFor } from './isolations.ts';
import { createKeptCheckouts, type KeptCheckouts } from './kept.ts';
import { createMirrors, type Mirrors } from './mirror.ts';
import type { RunnerUser } from './runner-user.ts';
import { beat } from './who-lives.ts';

export type RunnerParts = {
  policy: RunnerPolicy;
  codeHost: Pick<CodeHost, 'gitAccess'>;
  /** Of mirrors and checkouts; made where it is not there. */
  folder: string;
  log: Log;
  clock: Clock;
  /** Besides Forge's own folder, the home of who it runs as, and mirrors: its policy file, its database … */
  guarded?: readonly Guarded[];
};

/** What is there once everything is prepared. */
export type Workshop = {
  isolation: Isolation;
  user: RunnerUser;
  folders: Folders;
  mirrors: Mirrors;
  kept: KeptCheckouts;
  clock: Clock;
  log: Log;
  close(): Promise<void>;
};

/** Prepares everything, or says what is missing. Removes what processes left that are no more. */
export async function openWorkshop(parts: RunnerParts): Promise<Workshop | { problems: string[] }> {
  const { policy, codeHost, folder: root, clock, log } = parts;
  const folders = await makeFolders(root);
  const hidden = [...guardedByDefault(root), ...(parts.guarded ?? [])].map(({ path }) => path);
  const found = await isolationFor(policy, { folders, hidden });
  if ('problems' in found) return found;
  const { isolation } = found;
  const removed = await removeLeftovers(root, isolation);
  if (removed > 0) log.info('checkouts of an earlier process were removed', { processes: removed });
  const endBeat = beat(folders.own, (error) =>
    log.warn('the folder of checks could not be touched', { error: messageOf(error) }),
  );
  if (policy.isolation === 'none')
    log.warn('checks run as Forge itself: whoever may push a branch can read everything that Forge can');
  return {
    ...found,
    folders,
    mirrors: createMirrors({ codeHost, folder: folders.mirrors, clock, log }),
    kept: createKeptCheckouts({ folder: folders.kept, isolation, clock }),
    clock,
    log,
    async close() {
      await endLeftovers(root, isolation);
      endBeat();
      await removeTheirs(folders.own, isolation);
    },
  };
}

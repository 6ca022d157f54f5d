import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import { type GitCall, makeMirror, runGit } from './git.ts';
import type { Ended } from './run-process.ts';
import { createKeyedTurns } from './turns.ts';

/** For everything git does about one commit. Milliseconds. */
const WITHIN = 10 * 60_000;
/** Commits kept of one repository, so that what is new is little; with more it is begun anew. */
const MOST_COMMITS = 200;
const MOST_BYTES = 4 * 2 ** 30;
/** What git says where the other side or the way there is to blame, and not the mirror. */
const NOT_THE_MIRROR =
  /unable to access|could not resolve|connection|not our ref|couldn't find remote ref|RPC failed/iu;

/** The code could not be had: a sentence that says why. */
export class NotFetched extends Error {
  override readonly name = 'NotFetched';
}

export type Mirrors = {
  /**
   * Writes a pack with exactly this commit, its folders and files, and no other commit, to `pack`; beside it `<pack>.list` is used.
   * Fetches what is missing. Throws `NotFetched`.
   */
  packOf(at: { repository: string; commit: string; pack: string }, signal: AbortSignal): Promise<void>;
};

type Parts = { codeHost: Pick<CodeHost, 'gitAccess'>; folder: string; clock: Clock; log: Log };
type Wanted = { repository: string; commit: string; pack: string };
type Run = (call: Pick<GitCall, 'args' | 'settings' | 'protocol' | 'input' | 'into'>) => Promise<string>;

/** One bare repository for each of the code host's, in which only Forge writes, and nothing is ever checked out. */
export function createMirrors(parts: Parts): Mirrors {
  const { folder, clock, log } = parts;
  const inTurn = createKeyedTurns();
  return {
    packOf: (wanted, signal) =>
      inTurn(wanted.repository, signal, async () => {
        const mirror = join(folder, `${encodeURIComponent(wanted.repository)}.git`);
        const isKnown = existsSync(mirror);
        try {
          await fetchAndPack(mirror, wanted, { ...parts, signal });
        } catch (error) {
          if (!(await isThrownAway(mirror, { wanted, error })) || !isKnown) throw error;
          await again(mirror, wanted, signal);
        }
      }),
  };

  /** What is damaged, and what has filled the disk. */
  async function isThrownAway(mirror: string, { wanted, error }: { wanted: Wanted; error: unknown }) {
    if (!(error instanceof NotFetched) || NOT_THE_MIRROR.test(error.message)) return false;
    log.warn('a mirror is of no use and thrown away', {
      repository: wanted.repository,
      error: error.message,
    });
    await rm(mirror, { recursive: true, force: true });
    return true;
  }

  async function again(mirror: string, wanted: Wanted, signal: AbortSignal): Promise<void> {
    try {
      await fetchAndPack(mirror, wanted, { ...parts, signal });
    } catch (error) {
      await isThrownAway(mirror, { wanted, error });
      throw error;
    }
  }

  async function fetchAndPack(mirror: string, wanted: Wanted, options: Parts & { signal: AbortSignal }) {
    const run: Run = (call) => must({ ...call, args: ['--git-dir', mirror, ...call.args] }, options.signal);
    if (await isFull(mirror)) await rm(mirror, { recursive: true, force: true });
    if (!existsSync(join(mirror, 'HEAD'))) said(await makeMirror(mirror, { clock, signal: options.signal }));
    if (!(await isThere(mirror, wanted.commit, options.signal))) await fetch(run, wanted, options);
    await pack(run, wanted);
  }

  async function must(
    call: Omit<GitCall, 'within' | 'signal' | 'clock'>,
    signal: AbortSignal,
  ): Promise<string> {
    return said(await runGit({ ...call, within: WITHIN, fills: folder, signal, clock }));
  }

  async function isThere(mirror: string, commit: string, signal: AbortSignal): Promise<boolean> {
    const args = ['--git-dir', mirror, 'rev-parse', '--quiet', '--verify', referenceTo(commit)];
    const ended = await runGit({ args, within: WITHIN, signal, clock });
    return ended.kind === 'exited' && ended.code === 0;
  }
}

async function isFull(mirror: string): Promise<boolean> {
  try {
    const shallow = await readFile(join(mirror, 'shallow'), 'utf8');
    const commits = shallow.trim().split('\n').length;
    // What one commit alone takes would be fetched again each time.
    return commits > MOST_COMMITS || (commits > 1 && (await bytesIn(mirror)) > MOST_BYTES);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function bytesIn(mirror: string): Promise<number> {
  const folder = join(mirror, 'objects/pack');
  const names = await readdir(folder);
  const all = await Promise.all(names.map((name) => stat(join(folder, name))));
  return all.reduce((sum, { size }) => sum + size, 0);
}

function referenceTo(commit: string): string {
  return `refs/forge/${commit}`;
}

/** Exactly one commit: by its number, with nothing before it. */
async function fetch(run: Run, { repository, commit }: Wanted, options: Parts & { signal: AbortSignal }) {
  const { url, header } = await accessTo(repository, options);
  const protocol = new URL(url).protocol.replace(':', '');
  if (!['https', 'http', 'file'].includes(protocol))
    throw new NotFetched(
      `Forge fetches code by https, and the address of ${repository} begins with ${protocol}.`,
    );
  try {
    await run({
      args: [
        'fetch',
        '--quiet',
        '--depth=1',
        '--no-tags',
        '--no-write-fetch-head',
        '--end-of-options',
        url,
        `+${commit}:${referenceTo(commit)}`,
      ],
      protocol,
      settings:
        header === undefined ? {} : { [`http.${url}.extraHeader`]: `${header.name}: ${header.value}` },
    });
  } catch (error) {
    if (!(error instanceof NotFetched)) throw error;
    throw new NotFetched(
      `The code of ${repository} at ${commit.slice(0, 12)} could not be fetched: ${error.message}`,
    );
  }
}

async function accessTo(repository: string, { codeHost, signal }: Parts & { signal: AbortSignal }) {
  try {
    return await codeHost.gitAccess(repository, { signal });
  } catch (error) {
    if (!(error instanceof CodeHostUnavailable) && !(error instanceof CodeHostRefused)) throw error;
    throw new NotFetched(messageOf(error), { cause: error });
  }
}

/** `rev-list` fails where something is missing, so that what is packed is whole. */
async function pack(run: Run, { commit, pack: file }: Wanted): Promise<void> {
  const list = `${file}.list`;
  await run({ args: ['rev-list', '--objects', '--no-walk', commit], into: list });
  await run({ args: ['pack-objects', '--quiet', '--stdout', '--window=0'], input: list, into: file });
  await rm(list);
}

/** What it printed, or the reason why it failed. */
function said(ended: Ended): string {
  switch (ended.kind) {
    case 'exited':
      if (ended.code === 0) return ended.output.text;
      throw new NotFetched(lastLines(ended.output.text));
    case 'killed':
      throw new NotFetched(`git was ended by ${ended.signal}.`);
    case 'timed-out':
      throw new NotFetched(`git took longer than ${WITHIN / 60_000} minutes.`);
    case 'stopped':
    case 'not-started':
      throw new NotFetched(ended.reason);
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 300);
}

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Box, Isolation } from './isolation.ts';
import { isAlive, ownName } from './who-lives.ts';

const execute = promisify(execFile);
const PARTS = ['work', 'home', 'tmp'] as const;

/** Where everything of one process of Forge lies that goes with it. */
export type Folders = { mirrors: string; own: string; shared: string; network: string; kept: string };

/** Makes the folders of this process. Its name says who it belongs to, and cannot be guessed. */
export async function makeFolders(root: string): Promise<Folders> {
  const own = join(root, 'runs', `${ownName()}-${randomBytes(12).toString('hex')}`);
  const folders = {
    mirrors: join(root, 'mirrors'),
    own,
    shared: join(own, 'shared'),
    network: join(own, 'network'),
    kept: join(own, 'kept'),
  };
  await mkdir(root, { recursive: true, mode: 0o711 });
  await mkdir(folders.mirrors, { recursive: true, mode: 0o700 });
  for (const folder of [join(root, 'runs'), own, folders.network, folders.kept])
    await mkdir(folder, { recursive: true, mode: 0o711 });
  await mkdir(folders.shared, { recursive: true, mode: 0o755 });
  return folders;
}

/** Removes what processes left that are no more, and says how many of them there were. */
export async function removeLeftovers(root: string, isolation: Isolation): Promise<number> {
  const runs = await runsIn(root);
  await endLeftovers(root, isolation);
  const left = runs.filter(({ isAlive }) => !isAlive);
  for (const { folder } of left) await removeTheirs(folder, isolation);
  return left.length;
}

/** Ends what earlier commands left, unless another Forge is there: what that one runs at this moment belongs to the same user. */
export async function endLeftovers(root: string, isolation: Isolation): Promise<void> {
  const runs = await runsIn(root);
  if (!runs.some(({ isAlive, isOwn }) => isAlive && !isOwn)) await isolation.endLeftovers();
}

async function runsIn(root: string) {
  const names = await readdir(join(root, 'runs'));
  return await Promise.all(
    names.map(async (name) => {
      const folder = join(root, 'runs', name);
      const isOwn = name.startsWith(`${ownName()}-`);
      return { folder, isOwn, isAlive: isOwn || (await isAlive(name, folder)) };
    }),
  );
}

/** An empty box in that folder, whatever was there. */
export async function emptyBox(folder: string, isolation: Isolation): Promise<Box> {
  await removeTheirs(folder, isolation);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  for (const part of PARTS) await mkdir(join(folder, part), { mode: 0o700 });
  await isolation.hand(PARTS.map((part) => join(folder, part)));
  return { folder };
}

/** Opens every folder before it is entered, and follows no link, however deep it goes. */
const EMPTY = `
for one do
  find "$one" -mindepth 1 -xdev -type d -user "$(id -u)" ! -perm -u=rwx -exec chmod u+rwx {} ';'
  find "$one" -mindepth 1 -maxdepth 1 -exec rm -rf --one-file-system {} +
done 2>/dev/null
true`;

/** Removes a folder with files of whoever commands run as. Nothing of theirs may run any more. */
export async function removeTheirs(folder: string, { asTheirs }: Isolation): Promise<void> {
  if (!existsSync(folder)) return;
  const folders = asTheirs.length === 0 ? [folder] : await handedIn(folder);
  const [file = '', ...args] = [...asTheirs, '/bin/sh', '-c', EMPTY, 'sh', ...folders];
  await execute(file, args, { env: { PATH: process.env.PATH ?? '' }, cwd: '/' });
  await rm(folder, { recursive: true, force: true });
}

/** Folders that Forge made and others may write to: it looks into none of them. */
async function handedIn(folder: string): Promise<string[]> {
  if (((await stat(folder)).mode & 0o002) !== 0) return [folder];
  const entries = await readdir(folder, { withFileTypes: true });
  const inside = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => handedIn(join(folder, name)));
  return (await Promise.all(inside)).flat();
}

import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** A file or folder that commands must neither read nor change. `what` is it, for people: "the policy file". */
export type Guarded = { path: string; what: string };

/** What is Forge's wherever it is installed. `folder`: of the runner. */
export function guardedByDefault(folder: string): Guarded[] {
  return [
    { path: join(import.meta.dirname, '../..'), what: "Forge's own folder" },
    { path: homedir(), what: 'the home folder of who Forge runs as' },
    { path: join(folder, 'mirrors'), what: 'the mirrors of all repositories' },
  ];
}

/** By where it really lies: commands could find it there, too, where the way by which Forge knows it is not seen. */
export function inFull({ path, what }: Guarded): Guarded {
  return { path: realPath(resolve(path)), what };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is not there yet: where it will be.
    return path === '/' ? path : join(realPath(dirname(path)), basename(path));
  }
}

/** Sockets of services that do what they are asked as root. */
export const POWERFUL_SOCKETS = [
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/run/crio/crio.sock',
] as const;

import { chmod, chown } from 'node:fs/promises';
import { isRoot, ownUser, type RunnerUser } from './runner-user.ts';

/** Gives empty folders to who commands run as, and to nobody else where Forge may do that. */
export async function handTo(user: RunnerUser, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (user.uid === ownUser().uid) await chmod(folder, 0o700);
    else if (isRoot) {
      await chmod(folder, 0o700);
      await chown(folder, user.uid, user.gid);
    } else {
      // Only whoever knows its name reaches it: a folder above cannot be listed.
      await chmod(folder, 0o777);
    }
  }
}

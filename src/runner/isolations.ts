import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { RunnerPolicy } from '../domain/policy.ts';
import type { Folders } from './boxes.ts';
import { createBubblewrap, shareFilter } from './bubblewrap.ts';
import { shareNetworkInside } from './inside-network.ts';
import type { Isolation } from './isolation.ts';
import { createOtherUser } from './other-user.ts';
import { isRoot, ownUser, type RunnerUser, spareUser, userNamed } from './runner-user.ts';
import { createSameUser } from './same-user.ts';

/** The isolation a policy asks for, or what this machine lacks for it, in sentences. */
export type IsolationFound = { isolation: Isolation; user: RunnerUser } | { problems: string[] };

const HELP: Record<string, string> = {
  git: 'Checks need Git on this machine: install the package git.',
  bwrap: 'Checks run in bubblewrap, which is not on this machine: install the package bubblewrap.',
  setpriv: 'Checks need setpriv on this machine: install the package util-linux.',
  prlimit: 'Checks need prlimit on this machine: install the package util-linux.',
  sudo: 'Forge is not root, so it needs sudo to run checks as another user: install the package sudo.',
};

export async function isolationFor(
  policy: RunnerPolicy,
  { folders, hidden }: { folders: Folders; hidden: readonly string[] },
): Promise<IsolationFound> {
  const missing = await missingPrograms(policy);
  if (missing.length > 0) return { problems: missing };
  if (policy.isolation === 'none') return { isolation: createSameUser(), user: ownUser() };
  const user = await userFor(policy);
  if (typeof user === 'string') return { problems: [user] };
  if (policy.isolation === 'user') return { isolation: createOtherUser({ user }), user };
  await shareFiles(folders.shared);
  const { shared, network } = folders;
  const { atOnce, reach = [] } = policy;
  return { isolation: createBubblewrap({ user, shared, network, hidden, atOnce, reach }), user };
}

async function missingPrograms(policy: RunnerPolicy): Promise<string[]> {
  const always = process.platform === 'linux' ? ['git', 'setpriv', 'prlimit'] : ['git'];
  const needed = {
    none: always,
    bubblewrap: [...always, 'bwrap'],
    user: isRoot ? always : [...always, 'sudo'],
  }[policy.isolation];
  const missing: string[] = [];
  for (const name of needed) if (!(await isInstalled(name))) missing.push(HELP[name] ?? name);
  return missing;
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // The next folder may have it.
    }
  }
  return false;
}

/** Who commands run as, or why there is nobody. */
async function userFor({ isolation, user: name }: RunnerPolicy): Promise<RunnerUser | string> {
  if (isolation === 'bubblewrap' && !isRoot) return ownUser();
  if (name === undefined)
    return isolation === 'bubblewrap'
      ? spareUser()
      : 'The policy does not say which user checks run as: write user: beside isolation: user.';
  const user = await userNamed(name);
  if (user === undefined)
    return `There is no user ${name} on this machine for checks to run as. Make one that is used for nothing else: useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ${name}`;
  if (user.uid === 0 || user.uid === ownUser().uid)
    return `Checks cannot run as ${name}: that is ${user.uid === 0 ? 'root' : 'who Forge runs as'}. Name a user that is used for nothing else.`;
  return user;
}

/** What programs ask of a machine, made up. */
async function shareFiles(folder: string): Promise<void> {
  const files = {
    passwd:
      'root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nrunner:x:1000:1000:runner:/home/runner:/bin/sh\n',
    group: 'root:x:0:\nrunner:x:1000:\n',
    hosts: '127.0.0.1 localhost runner\n::1 localhost\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), text, { mode: 0o644 });
  await shareNetworkInside(folder);
  await shareFilter(folder);
}

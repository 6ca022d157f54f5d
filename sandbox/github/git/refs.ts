import type { Git } from './git.ts';

export type Ref = {
  /** In full, such as `refs/heads/main`. */
  name: string;
  /** What it names: a commit, or the object of an annotated tag. */
  object: { sha: string; type: string };
  /** The commit in the end. */
  commit: string;
};

/** `after` is undefined for a ref that goes, `before` for a new one. */
export type RefChange = { name: string; before?: string; after?: string };

const FORMAT = '%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)';

/** By name; `under` is a prefix such as `refs/heads/`. */
export async function listRefs(git: Git, under = 'refs/'): Promise<Ref[]> {
  const { output } = await git.run(['for-each-ref', `--format=${FORMAT}`]);
  const refs = output.split('\n').filter((line) => line !== '');
  return refs.map(parseRef).filter((ref) => ref.name.startsWith(under));
}

function parseRef(line: string): Ref {
  const [name = '', sha = '', type = '', peeled = ''] = line.split('\0');
  return { name, object: { sha, type }, commit: peeled === '' ? sha : peeled };
}

export async function findRef(git: Git, name: string): Promise<Ref | undefined> {
  return (await listRefs(git)).find((ref) => ref.name === name);
}

/** A branch, a tag, a full name, or a commit or a unique prefix of one (4 digits or more); undefined when it is none. */
export async function resolveCommit(git: Git, ref: string): Promise<string | undefined> {
  const candidates = [`refs/heads/${ref}`, `refs/tags/${ref}`, ...(ref.startsWith('refs/') ? [ref] : [])];
  const refs = await listRefs(git);
  for (const name of candidates) {
    const found = refs.find((one) => one.name === name);
    if (found !== undefined) return found.commit;
  }
  return /^[0-9a-f]{4,40}$/i.test(ref) ? commitAt(git, ref) : undefined;
}

/** The commit an object name leads to. */
export async function commitAt(git: Git, sha: string): Promise<string | undefined> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${sha}^{commit}`];
  const { code, output } = await git.run(words, { codes: [0, 1, 128] });
  return code === 0 ? output.trim() : undefined;
}

/** Moves refs together or not at all: false when one is no longer where it was. */
export async function moveRefs(git: Git, changes: readonly RefChange[]): Promise<boolean> {
  const lines = changes.map(({ name, before, after }) => {
    if (after === undefined) return `delete ${name}\0${before ?? ''}\0`;
    return `update ${name}\0${after}\0${before ?? '0'.repeat(40)}\0`;
  });
  const { code } = await git.run(['update-ref', '--stdin', '-z'], {
    input: lines.join(''),
    codes: [0, 1, 128],
  });
  return code === 0;
}

export async function isRefName(git: Git, name: string): Promise<boolean> {
  const { code } = await git.run(['check-ref-format', name], { codes: [0, 1] });
  return code === 0;
}

/** Whether everything of `ancestor` is in `commit`. */
export async function contains(git: Git, { commit, ancestor }: { commit: string; ancestor: string }) {
  const { code } = await git.run(['merge-base', '--is-ancestor', ancestor, commit], { codes: [0, 1] });
  return code === 0;
}

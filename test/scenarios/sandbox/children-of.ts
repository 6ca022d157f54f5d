import { readdir, readFile } from 'node:fs/promises';

export type Child = { pid: number; began: string; words: string };

/** All processes below one, with what they were started with. Linux only. */
export async function childrenOf(pid: number): Promise<Child[]> {
  const all = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(readProcess),
  );
  const known = all.filter((one) => one !== undefined);
  const below = new Set([pid]);
  const found: Child[] = [];
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const { parent, ...child } of known) {
      if (!below.has(parent) || below.has(child.pid)) continue;
      below.add(child.pid);
      found.push(child);
    }
  }
  return found;
}

/** Those that still run. A later process with the same number is another one. */
export async function stillRunning(children: readonly Child[]): Promise<Child[]> {
  const now = await Promise.all(children.map(({ pid }) => readProcess(String(pid))));
  return children.filter(({ began }, index) => now[index]?.began === began);
}

/** Undefined for one that has ended, also where nobody has taken note of that yet. Source: proc(5). */
async function readProcess(name: string): Promise<(Child & { parent: number }) | undefined> {
  try {
    const [stat, words] = await Promise.all(
      ['stat', 'cmdline'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8')),
    );
    if (stat === undefined || words === undefined) return undefined;
    // The name in brackets may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const began = fields[19] ?? '';
    return { pid: Number(name), parent: Number(fields[1]), began, words: words.replaceAll('\0', ' ') };
  } catch {
    // It ended between two looks.
    return undefined;
  }
}

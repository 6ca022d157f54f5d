import { z } from 'zod';
import { fitsPattern } from './name-pattern.ts';
import type { Plan } from './plan.ts';
import { titleOf } from './pull-request-title.ts';

/** So many commits are kept, and so many files by name. */
const MOST_COMMITS = 5;
const MOST_NAMED = 10;
/** Characters of foreign text. */
const LONGEST_TITLE = 200;
const LONGEST_AUTHOR = 100;
const LONGEST_PATH = 200;
/** What the code host lists at most; as many may mean more. */
const MOST_FILES = 300;

/** Some of many, by what they are called. Foreign text. */
const Named = z.strictObject({ total: z.int(), names: z.array(z.string()) });
type Named = z.infer<typeof Named>;

/** Commits that go out or are taken away. Foreign text but for `sha`. */
const ChangedCommits = z.strictObject({
  total: z.int(),
  /** The newest of them, the newest first. */
  newest: z.array(z.strictObject({ sha: z.string(), title: z.string(), author: z.string().optional() })),
});
export type ChangedCommits = z.infer<typeof ChangedCommits>;

/** What a release makes different in the code of some regions. */
export const CodeChange = z.strictObject({
  regions: z.array(z.string()),
  /** The commit that was live there. */
  base: z.string(),
  /** Commits that come with the release. */
  brings: ChangedCommits,
  /** Commits that are live and not part of the release. */
  takesAway: ChangedCommits,
  /** How many are different; of what it brings, where it does both. */
  files: z.int(),
  /** Lines of those files. */
  additions: z.int(),
  deletions: z.int(),
  /** There are more files than the code host lists. */
  isCut: z.boolean(),
  /** Files that change the database. Absent: nobody has said where they are. */
  migrations: z.strictObject({ brings: Named, takesAway: Named }).optional(),
  /** Where a person sees it all. */
  url: z.string().optional(),
});
export type CodeChange = z.infer<typeof CodeChange>;

/** What a release makes different in the code, as far as anybody can tell. `of`: see `comparedIn`. */
export const CodeChanges = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('known'),
    of: z.string(),
    changes: z.array(CodeChange),
    /** Regions where nobody knows which commit is live. */
    unknownIn: z.array(z.string()),
  }),
  /** `says`: why, as a sentence. */
  z.strictObject({ kind: z.literal('unknown'), of: z.string(), says: z.string() }),
]);
export type CodeChanges = z.infer<typeof CodeChanges>;

/** Two commits compared, as the code host tells it; `commits` are those `head` has and `base` has not, the oldest first. */
export type Compared = {
  commits: readonly { sha: string; message: string; author: { login?: string; name?: string } }[];
  totalCommits: number;
  files: readonly { path: string; status: string }[];
  additions: number;
  deletions: number;
  url?: string;
};

/** Which commits are compared for a plan: another one is other code. */
export function comparedIn({ from, to }: Plan): string {
  const live = Object.entries(from).map(([region, { commit = 'unknown' }]) => `${region} ${commit}`);
  return [...live.toSorted(), to.commit ?? 'unknown'].join(', ');
}

/** What was read of exactly what would go out now; undefined: nobody has read that. */
export function codeChangesOf({
  plan,
  codeChanges,
}: {
  plan: Plan;
  codeChanges?: CodeChanges;
}): CodeChanges | undefined {
  return codeChanges?.of === comparedIn(plan) ? codeChanges : undefined;
}

/**
 * What is different between what is live and what goes out. `forward` is compared from live to new; `backward` the other way round,
 * absent where nothing is taken away. `migrations`: patterns of the files that change the database.
 */
export function codeChangeOf(
  { regions, base }: Pick<CodeChange, 'regions' | 'base'>,
  { forward, backward }: { forward: Compared; backward?: Compared },
  migrations: readonly string[],
): CodeChange {
  const isBack = forward.totalCommits === 0 && backward !== undefined;
  // Going back, what was added goes away.
  const { files, additions, deletions, url } = isBack
    ? { ...backward, additions: backward.deletions, deletions: backward.additions }
    : forward;
  return {
    ...{ regions, base, files: files.length, additions, deletions },
    brings: changedCommits(forward),
    takesAway: changedCommits(backward),
    isCut: [forward, backward].some((one) => (one?.files.length ?? 0) >= MOST_FILES),
    ...(migrations.length === 0
      ? {}
      : {
          migrations: {
            brings: migrationsIn(forward, migrations),
            takesAway: migrationsIn(backward, migrations),
          },
        }),
    ...(url === undefined ? {} : { url }),
  };
}

function changedCommits(compared: Compared | undefined): ChangedCommits {
  if (compared === undefined) return { total: 0, newest: [] };
  const newest = compared.commits.slice(-MOST_COMMITS).toReversed();
  return {
    total: compared.totalCommits,
    newest: newest.map(({ sha, message, author: { name, login } }) => {
      const author = name ?? login;
      return {
        ...{ sha, title: cut(titleOf(message), LONGEST_TITLE) },
        ...(author === undefined ? {} : { author: cut(author, LONGEST_AUTHOR) }),
      };
    }),
  };
}

function migrationsIn(compared: Compared | undefined, patterns: readonly string[]): Named {
  const paths = (compared?.files ?? [])
    .filter(
      ({ path, status }) => status !== 'removed' && patterns.some((pattern) => fitsPattern(path, pattern)),
    )
    .map(({ path }) => path);
  return { total: paths.length, names: paths.slice(0, MOST_NAMED).map((path) => cut(path, LONGEST_PATH)) };
}

function cut(text: string, most: number): string {
  return [...text.toWellFormed()].slice(0, most).join('');
}

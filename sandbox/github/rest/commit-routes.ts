import { changedFiles } from '../git/changes.ts';
import { countCommits, logCommits, mergeBase, readCommit } from '../git/commits.ts';
import { entryAt, folder, type TreeEntry } from '../git/files.ts';
import { commitAt, resolveCommit } from '../git/refs.ts';
import { GithubError, notFound } from '../github-error.ts';
import { apiOf, webOf } from '../views/addresses.ts';
import { commitView, fileView, statsOf } from '../views/commits.ts';
import { paged } from './paged.ts';
import { type Answer, inRepository, ok, type RepositoryCall, type Route } from './route.ts';

const MOST_COMMITS = 250;
const MOST_FILES = 300;
const MOST_CONTENT_BYTES = 1024 * 1024;

/** Commits, what is different between them, and files. */
export const commitRoutes: Route[] = [
  inRepository('GET /commits', 'repos.listCommits', ['contents', 'read'], async (call) => {
    const { hub, repository, query } = call;
    const start = query.get('sha') ?? repository.defaultBranch;
    const sha = await resolveCommit(repository.git, start);
    if (sha === undefined) throw notFound();
    const path = query.get('path');
    const commits = await logCommits(repository.git, [sha], path === null ? {} : { path });
    const { items, headers } = paged(call, commits);
    return ok(
      items.map((commit) => commitView(commit, { hub, repository })),
      headers,
    );
  }),
  inRepository('GET /compare/:basehead*', 'repos.compareCommitsWithBasehead', ['contents', 'read'], compared),
  inRepository('GET /contents/:path*', 'repos.getContent', ['contents', 'read'], content),
  inRepository('GET /contents', 'repos.getContent', ['contents', 'read'], content),
];

/** After every other route below `/commits/`: a name may have slashes. */
export const singleCommitRoute: Route = inRepository(
  'GET /commits/:ref*',
  'repos.getCommit',
  ['contents', 'read'],
  async (call) => {
    const { hub, repository } = call;
    const ref = call.params.ref ?? '';
    const sha = await resolveCommit(repository.git, ref);
    if (sha === undefined) throw new GithubError(422, `No commit found for SHA: ${ref}`);
    if (call.headers.accept?.includes('.sha') === true) {
      return { status: 200, bytes: Buffer.from(sha), headers: { 'content-type': 'text/plain' } };
    }
    const commit = await readCommit(repository.git, sha);
    const files = await changedFiles(repository.git, commit.parents[0], sha);
    return ok({
      ...commitView(commit, { hub, repository }),
      stats: statsOf(files),
      files: files.slice(0, MOST_FILES).map((file) => fileView(file, sha, { hub, repository })),
    });
  },
);

async function compared(call: RepositoryCall): Promise<Answer> {
  const { hub, repository } = call;
  const { git } = repository;
  const [baseName, headName, ...more] = (call.params.basehead ?? '').split('...');
  if (baseName === undefined || headName === undefined || more.length > 0) throw notFound();
  const [base, head] = await Promise.all([
    resolveCommit(git, unowned(baseName)),
    resolveCommit(git, unowned(headName)),
  ]);
  if (base === undefined || head === undefined) throw notFound();
  const common = await mergeBase(git, base, head);
  if (common === undefined) throw notFound(`No common ancestor between ${baseName} and ${headName}.`);
  const [ahead, behind, files] = await Promise.all([
    logCommits(git, [`${base}..${head}`]),
    countCommits(git, `${head}..${base}`),
    changedFiles(git, common, head),
  ]);
  const place = { hub, repository };
  // Pages are of commits; the first has the files.
  const isPaged = call.query.has('page') || call.query.has('per_page');
  const all = ahead.toReversed();
  const { items, headers } = isPaged ? paged(call, all) : { items: all.slice(0, MOST_COMMITS), headers: {} };
  const isFirst = (call.query.get('page') ?? '1') === '1';
  const [baseCommit, commonCommit] = await Promise.all([readCommit(git, base), readCommit(git, common)]);
  return ok(
    {
      url: `${apiOf(hub, repository)}/compare/${base}...${head}`,
      html_url: `${webOf(hub, repository)}/compare/${baseName}...${headName}`,
      base_commit: commitView(baseCommit, place),
      merge_base_commit: commitView(commonCommit, place),
      status: comparisonStatus(ahead.length, behind),
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: items.map((commit) => commitView(commit, place)),
      files: isFirst ? files.slice(0, MOST_FILES).map((file) => fileView(file, head, place)) : [],
    },
    headers,
  );
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

/** `acme:main` is `main` here: there are no forks. */
function unowned(name: string): string {
  return name.replace(/^[\w-]+:/, '');
}

async function content(call: RepositoryCall): Promise<Answer> {
  const { repository, params, query } = call;
  const { git, defaultBranch } = repository;
  const path = (params.path ?? '').replace(/\/+$/, '');
  const name = query.get('ref') ?? defaultBranch;
  const sha = (await resolveCommit(git, name)) ?? (await commitAt(git, name));
  if (sha === undefined) throw notFound(`No commit found for the ref ${name}`);
  const entry = await entryAt(git, sha, path);
  if (entry === undefined) throw notFound();
  if (entry.type === 'tree') {
    return ok((await folder(git, sha, path)).map((one) => entryView(one, { call, sha })));
  }
  const { bytes } = await git.run(['cat-file', 'blob', entry.sha]);
  const accept = call.headers.accept ?? '';
  if (/github(\.v3)?\.raw/.test(accept)) {
    return { status: 200, bytes, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' } };
  }
  // Larger ones have to be asked for as they are.
  const isSmall = bytes.length <= MOST_CONTENT_BYTES;
  return ok({
    ...entryView(entry, { call, sha }),
    encoding: isSmall ? 'base64' : 'none',
    content: isSmall ? inLines(bytes.toString('base64')) : '',
  });
}

function entryView(entry: TreeEntry, { call, sha }: { call: RepositoryCall; sha: string }) {
  const { hub, repository } = call;
  const escaped = entry.path.split('/').map(encodeURIComponent).join('/');
  const types = { blob: 'file', tree: 'dir', commit: 'submodule' } as const;
  return {
    type: types[entry.type],
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url: `${apiOf(hub, repository)}/contents/${escaped}?ref=${sha}`,
    html_url: `${webOf(hub, repository)}/blob/${sha}/${escaped}`,
    git_url: `${apiOf(hub, repository)}/git/blobs/${entry.sha}`,
    download_url: null,
  };
}

function inLines(text: string): string {
  return text.replaceAll(/.{60}/g, '$&\n');
}

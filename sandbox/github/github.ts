import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Faults } from '../faults.ts';
import type { Part } from '../parts.ts';
import { createRepository, type Git, gitProblem } from './git/git.ts';
import { writeHook } from './git/protected-refs.ts';
import { listRefs } from './git/refs.ts';
import { answerGit } from './git-over-http.ts';
import { FIRST_HOOK_SETTINGS } from './hooks/hook-settings.ts';
import { Webhooks } from './hooks/webhooks.ts';
import type { Hub } from './hub.ts';
import type { Repository } from './model.ts';
import { answerPage } from './pages/pages.ts';
import type { RunnerHost, SeedRepository, WorkflowRunner } from './parts.ts';
import { ACCOUNTS, type Role } from './people.ts';
import { RateLimit } from './rest/rate-limit.ts';
import { answerRest } from './rest/rest-api.ts';
import { githubRoutes } from './rest/routes.ts';
import { Tokens } from './rest/tokens.ts';
import { followRun } from './run-changes.ts';
import { FIRST_SETTINGS, type Settings, type SettingsChange } from './settings.ts';

export type GithubServer = Part & {
  readonly hub: Hub;
  readonly webhooks: Webhooks;
  /** PEM, with which Forge says that it is the App. */
  readonly privateKey: string;
  change(settings: SettingsChange): void;
  /** The commit of a tag as it was at the start; undefined for a repository or a tag there is none of. */
  commitOf(repository: string, tag: string): string | undefined;
};

export type GithubOptions = {
  origin(): string;
  faults: Faults;
  /** Repositories are kept in it. */
  folder: string;
  seed: readonly SeedRepository[];
  runner(host: RunnerHost): WorkflowRunner;
  clock?: { now(): number };
};

/** A GitHub of its own over real git repositories; or, where git is missing or too old, a sentence that says so. */
export async function createGithub(options: GithubOptions): Promise<GithubServer | string> {
  const { folder, faults, clock = { now: () => Date.now() } } = options;
  await mkdir(folder, { recursive: true });
  const problem = await gitProblem(folder);
  if (problem !== undefined) return problem;
  const [tokens, planted] = await Promise.all([
    Tokens.create(() => clock.now()),
    Promise.all(options.seed.map((seed, index) => plant(seed, { folder, id: 1_001 + index }))),
  ]);
  return assemble(options, { tokens, planted, faults, now: () => clock.now() });
}

type Planted = { repository: Repository; tags: ReadonlyMap<string, string> };

function assemble(
  options: GithubOptions,
  from: { tokens: Tokens; planted: readonly Planted[]; faults: Faults; now: () => number },
): GithubServer {
  const { tokens, planted, faults, now } = from;
  let settings: Settings = FIRST_SETTINGS;
  let lastId = 100_000;
  const newId = () => {
    lastId += 1;
    return lastId;
  };
  const named = new Map(planted.map(({ repository }) => [repository.fullName.toLowerCase(), repository]));
  const repositoryOf = (fullName: string) => {
    const repository = named.get(fullName.toLowerCase());
    if (repository === undefined) throw new Error(`There is no repository ${fullName}.`);
    return repository;
  };
  const runner = options.runner({
    gitDirectory: (fullName) => repositoryOf(fullName).git.directory,
    newId,
    changed: (run) => followRun({ hub, repository: repositoryOf(run.repository) }, run),
  });
  const limit = new RateLimit(now);
  const webhooks: Webhooks = new Webhooks({ hub: () => hub, faults, settings: FIRST_HOOK_SETTINGS });
  const hub: Hub = {
    repositories: named,
    runner,
    settings: () => ({ ...settings, callsLeft: limit.left(), callsResetSeconds: limit.resetSeconds() }),
    origin: () => options.origin(),
    newId,
    now,
    tell: (happening) => webhooks.tell(happening),
  };
  const api = { hub, faults, routes: githubRoutes({ tokens, limit }), tokens, limit };
  return {
    hub,
    webhooks,
    privateKey: tokens.privateKey,
    async handle(request, response, url) {
      const exchange = { request, response, url };
      const isRead = request.method === 'GET' && url.pathname.startsWith('/github/');
      if (isRead && (await answerPage(hub, exchange))) return true;
      if (url.pathname.startsWith('/github/')) await answerRest(api, exchange);
      else if (url.pathname.startsWith('/git/'))
        await answerGit({ hub, tokens, faults, home: options.folder }, exchange);
      else return false;
      return true;
    },
    async stop() {
      await Promise.all([runner.stop(), webhooks.stop()]);
    },
    change(change) {
      settings = { ...settings, ...change };
      const { callsLeft = limit.left(), callsResetSeconds = limit.resetSeconds() } = change;
      limit.set({ left: callsLeft, resetSeconds: callsResetSeconds });
    },
    commitOf: (fullName, tag) =>
      planted.find(({ repository }) => repository.fullName === fullName)?.tags.get(tag),
  };
}

async function plant(seed: SeedRepository, { folder, id }: { folder: string; id: number }): Promise<Planted> {
  const [owner = '', name = ''] = seed.name.split('/');
  const directory = join(folder, owner, `${name}.git`);
  const git = await createRepository(directory, { home: folder, defaultBranch: seed.defaultBranch });
  await writeHook(directory);
  await git.run(['fast-import', '--quiet'], { input: seed.history });
  const refs = await listRefs(git, 'refs/tags/');
  const tags = new Map(refs.map((ref) => [ref.name.slice('refs/tags/'.length), ref.commit]));
  return { repository: emptyRepository(seed, { id, owner, name, git }), tags };
}

function emptyRepository(
  seed: SeedRepository,
  { id, owner, name, git }: { id: number; owner: string; name: string; git: Git },
): Repository {
  return {
    id,
    fullName: seed.name,
    owner,
    name,
    description: seed.description,
    defaultBranch: seed.defaultBranch,
    git,
    merges: { merge: true, squash: true, rebase: true },
    protections: new Map(),
    collaborators: new Map(
      ACCOUNTS.flatMap(({ login, role }): [string, Role][] => (role ? [[login, role]] : [])),
    ),
    pulls: [],
    labels: [],
    checkRuns: [],
    statuses: [],
    deployments: [],
    workflows: [],
    runs: [],
    inTurn: queue(),
  };
}

/** Runs one after the other, whether or not the one before went well. */
function queue(): Repository['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act, act);
    last = mine;
    return mine;
  };
}

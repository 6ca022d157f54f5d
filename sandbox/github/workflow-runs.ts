import { readCommit } from './git/commits.ts';
import { fileText, folder } from './git/files.ts';
import { commitAt, type RefChange } from './git/refs.ts';
import type { Hub } from './hub.ts';
import type { Pull, Repository } from './model.ts';
import type { Run, Trigger, WorkflowFile } from './parts.ts';
import { matchesPattern } from './ref-pattern.ts';
import { followRun } from './run-changes.ts';

type Place = { hub: Hub; repository: Repository };

const FOLDER = '.github/workflows';

/** Files are read where the event happened: each commit brings its own workflows. */
export async function startPushRuns(
  place: Place,
  { change, by }: { change: RefChange; by: string },
): Promise<void> {
  const { git } = place.repository;
  const sha = change.after === undefined ? undefined : await commitAt(git, change.after);
  if (sha === undefined) return;
  for (const file of await workflowsAt(place, sha)) {
    if (!isWantedByPush(file.says.on.push, change.name)) continue;
    const title = firstLine((await readCommit(git, sha)).message);
    startRun(place, file, { event: 'push', ref: change.name, sha, actor: by, title });
  }
}

export async function startPullRuns(place: Place, { pull, by }: { pull: Pull; by: string }): Promise<void> {
  for (const file of await workflowsAt(place, pull.head.sha)) {
    const wanted = file.says.on.pull_request;
    if (wanted === undefined || !isListed(wanted.branches, pull.base.ref)) continue;
    const ref = `refs/heads/${pull.head.ref}`;
    const { number: pullRequest, title } = pull;
    startRun(place, file, {
      event: 'pull_request',
      ref,
      sha: pull.head.sha,
      actor: by,
      title,
      pullRequest,
    });
  }
}

export type FoundWorkflow = { path: string; text: string; says: WorkflowFile };

/** Those of a commit that can be read; one that can't starts nothing. */
export async function workflowsAt({ hub, repository }: Place, sha: string): Promise<FoundWorkflow[]> {
  const found: FoundWorkflow[] = [];
  for (const { path, type } of await folder(repository.git, sha, FOLDER)) {
    if (type !== 'blob' || !/\.ya?ml$/.test(path)) continue;
    const text = (await fileText(repository.git, sha, path)) ?? '';
    const says = hub.runner.read(text);
    if (!('problem' in says)) found.push({ path, text, says });
  }
  return found;
}

type Start = {
  event: Trigger;
  ref: string;
  sha: string;
  actor: string;
  title: string;
  inputs?: Readonly<Record<string, string>>;
  pullRequest?: number;
};

export function startRun(
  place: Place,
  { path, text, says }: FoundWorkflow,
  { title, inputs = {}, ...start }: Start,
): Run {
  const { hub, repository } = place;
  const { id, name } = registered(place, { path, name: says.name === '' ? path : says.name });
  const run: Run = {
    ...start,
    id: hub.newId(),
    number: repository.runs.filter((one) => one.workflow.id === id).length + 1,
    repository: repository.fullName,
    workflow: { id, path, name },
    inputs,
    createdAt: hub.now(),
    displayTitle: title,
    status: 'queued',
    conclusion: null,
    jobs: [],
  };
  repository.runs.push(run);
  hub.runner.start(run, text);
  followRun(place, run);
  return run;
}

/** GitHub gives a workflow its id when it first sees the file. */
export function registered({ hub, repository }: Place, { path, name }: { path: string; name: string }) {
  const known = repository.workflows.find((one) => one.path === path);
  if (known !== undefined) {
    known.name = name;
    return known;
  }
  const workflow = { id: hub.newId(), path, name };
  repository.workflows.push(workflow);
  return workflow;
}

function isWantedByPush(push: WorkflowFile['on']['push'], ref: string): boolean {
  if (push === undefined) return false;
  const isBranch = ref.startsWith('refs/heads/');
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const [own, other] = isBranch ? [push.branches, push.tags] : [push.tags, push.branches];
  // A file that lists only tags wants no branches, and the other way round.
  return own === undefined ? other === undefined : isListed(own, name);
}

function isListed(patterns: readonly string[] | undefined, name: string): boolean {
  return patterns === undefined || patterns.some((pattern) => matchesPattern(pattern, name));
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? '';
}

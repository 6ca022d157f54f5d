import { readCommit } from './git/commits.ts';
import { fileText } from './git/files.ts';
import { findRef, resolveCommit } from './git/refs.ts';
import { GithubError, notFound } from './github-error.ts';
import type { Hub } from './hub.ts';
import type { Repository } from './model.ts';
import type { Run, WorkflowInput } from './parts.ts';
import { branchHead } from './pulls.ts';
import { registered, startRun, workflowsAt } from './workflow-runs.ts';

type Place = { hub: Hub; repository: Repository };

/** Workflows GitHub knows: those of the default branch, and those that ran. */
export async function knownWorkflows(place: Place): Promise<Repository['workflows']> {
  const head = await branchHead(place.repository, place.repository.defaultBranch);
  const files = head === undefined ? [] : await workflowsAt(place, head);
  for (const { path, says } of files) registered(place, { path, name: says.name === '' ? path : says.name });
  return place.repository.workflows;
}

/** By id or file name. Throws GithubError 404. */
export async function workflowNamed(place: Place, key: string) {
  const workflows = await knownWorkflows(place);
  const found = workflows.find(({ id, path }) => String(id) === key || path.split('/').at(-1) === key);
  if (found === undefined) throw notFound();
  return found;
}

/** Starts a workflow as the file at the ref has it. Throws GithubError 404 or 422. */
export async function dispatch(
  place: Place,
  request: { workflow: string; ref: string; inputs: Readonly<Record<string, string>>; by: string },
): Promise<Run> {
  const { hub, repository } = place;
  const { git } = repository;
  const { path } = await workflowNamed(place, request.workflow);
  const ref = await fullRef(repository, request.ref);
  const sha = ref === undefined ? undefined : await resolveCommit(git, ref);
  // Only branches and tags: GitHub runs a workflow for no bare commit.
  if (ref === undefined || sha === undefined) throw new GithubError(422, `No ref found for: ${request.ref}`);
  const text = await fileText(git, sha, path);
  const says = text === undefined ? undefined : hub.runner.read(text);
  if (text === undefined || says === undefined) throw notFound();
  if ('problem' in says) throw new GithubError(422, `Failed to parse workflow: ${says.problem}`);
  const trigger = says.on.workflow_dispatch;
  if (trigger === undefined) {
    throw new GithubError(422, "Workflow does not have 'workflow_dispatch' trigger");
  }
  const inputs = checkedInputs(trigger.inputs, request.inputs);
  const title = (await readCommit(git, sha)).message.split('\n')[0] ?? '';
  const file = { path, text, says };
  return startRun(place, file, { event: 'workflow_dispatch', ref, sha, actor: request.by, title, inputs });
}

async function fullRef({ git }: Repository, ref: string): Promise<string | undefined> {
  const short = ref.replace(/^refs\/(heads|tags)\//, '');
  const kinds = ref.startsWith('refs/tags/') ? ['tags'] : ['heads', 'tags'];
  for (const kind of kinds) {
    const found = await findRef(git, `refs/${kind}/${short}`);
    if (found !== undefined) return found.name;
  }
  return undefined;
}

function checkedInputs(
  known: Readonly<Record<string, WorkflowInput>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const unexpected = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  if (unexpected.length > 0) {
    throw new GithubError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries(known)) {
    const value = given[name] ?? input.default;
    if (input.required && (value === undefined || value === '')) {
      throw new GithubError(422, `Required input '${name}' not provided`);
    }
    requireFitting(name, input, value);
    inputs[name] = value ?? '';
  }
  return inputs;
}

function requireFitting(
  name: string,
  { type, options = [] }: WorkflowInput,
  value: string | undefined,
): void {
  if (value === undefined || value === '') return;
  if (type === 'choice' && !options.includes(value)) {
    throw new GithubError(
      422,
      `Provided value '${value}' for input '${name}' not in the list of allowed values`,
    );
  }
  if (type === 'boolean' && value !== 'true' && value !== 'false') {
    throw new GithubError(422, `Provided value '${value}' for input '${name}' must be a boolean`);
  }
}

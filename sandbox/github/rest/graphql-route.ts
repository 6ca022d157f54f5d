import { z } from 'zod';
import { GithubError } from '../github-error.ts';
import type { Hub } from '../hub.ts';
import type { Pull, Repository } from '../model.ts';
import { openRevert } from '../reverts.ts';
import { webOf } from '../views/addresses.ts';
import { pullNodeId } from '../views/pulls.ts';
import { loginOf, requireAccess } from './caller.ts';
import { anywhere, type Call, ok, type Route } from './route.ts';

const Request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
const RevertInput = z.object({
  pullRequestId: z.string(),
  title: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().nullish(),
  clientMutationId: z.string().nullish(),
});

/** The one thing for which GitHub has no REST: reverting a pull request. */
export const graphqlRoute: Route = anywhere('POST /graphql', 'graphql', async (call) => {
  if (call.caller.kind === 'nobody')
    throw new GithubError(401, 'This endpoint requires you to be authenticated.');
  const { query, variables } = call.read(Request);
  const input = inputOf(query, variables);
  if (input === undefined) return failed('undefinedField', 'The sandbox knows revertPullRequest only.');
  const found = pullWith(call.hub, input.pullRequestId);
  if (found === undefined) {
    const message = `Could not resolve to a node with the global id of '${input.pullRequestId}'`;
    return failed('NOT_FOUND', message);
  }
  const { repository, pull } = found;
  return repository.inTurn(() => reverted(call, { repository, pull, input }));
});

async function reverted(
  call: Call,
  { repository, pull, input }: { repository: Repository; pull: Pull; input: z.output<typeof RevertInput> },
) {
  const { hub, caller } = call;
  try {
    for (const permission of ['pull_requests', 'contents'] as const) {
      requireAccess(caller, { repository, needs: [permission, 'write'], settings: hub.settings() });
    }
    const revert = await openRevert({ hub, repository }, pull, {
      by: loginOf(caller),
      title: input.title ?? undefined,
      body: input.body ?? undefined,
      isDraft: input.draft ?? false,
    });
    const revertPullRequest = {
      clientMutationId: input.clientMutationId ?? null,
      pullRequest: nodeOf(hub, repository, pull),
      revertPullRequest: nodeOf(hub, repository, revert),
    };
    return ok({ data: { revertPullRequest } });
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    const detail = error.errors?.[0];
    const words = typeof detail === 'object' ? detail.message : undefined;
    return failed(error.status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE', words ?? error.message);
  }
}

/** More than was asked for may be there: whoever asks reads only that. */
function nodeOf(hub: Hub, repository: Repository, pull: Pull) {
  const url = `${webOf(hub, repository)}/pull/${pull.number}`;
  return {
    id: pullNodeId(repository, pull),
    databaseId: pull.id,
    number: pull.number,
    url,
    title: pull.title,
    state: pull.merged === undefined ? pull.state.toUpperCase() : 'MERGED',
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    baseRefName: pull.base.ref,
  };
}

/** GraphQL answers 200 with what went wrong. */
function failed(type: string, message: string) {
  return ok({ data: { revertPullRequest: null }, errors: [{ type, path: ['revertPullRequest'], message }] });
}

/** What the mutation is given: in its text, in variables, or both. */
function inputOf(query: string, variables: Record<string, unknown>) {
  const match = /\brevertPullRequest\s*\(\s*input\s*:\s*(?:\$(?<whole>\w+)|\{(?<fields>[^}]*)\})/.exec(query);
  if (match === null) return undefined;
  const { whole, fields = '' } = match.groups ?? {};
  const input = whole === undefined ? fieldsIn(fields, variables) : variables[whole];
  const result = RevertInput.safeParse(input);
  return result.success ? result.data : undefined;
}

function fieldsIn(text: string, variables: Record<string, unknown>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [, name = '', value = ''] of text.matchAll(
    /(\w+)\s*:\s*(\$\w+|"(?:[^"\\]|\\.)*"|true|false)/g,
  )) {
    input[name] = value.startsWith('$') ? variables[value.slice(1)] : JSON.parse(value);
  }
  return input;
}

function pullWith(hub: Hub, id: string): { repository: Repository; pull: Pull } | undefined {
  for (const repository of hub.repositories.values()) {
    const pull = repository.pulls.find((one) => pullNodeId(repository, one) === id);
    if (pull !== undefined) return { repository, pull };
  }
  return undefined;
}

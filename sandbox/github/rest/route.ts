import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import { notFound } from '../github-error.ts';
import { type Hub, repositoryNamed } from '../hub.ts';
import type { Repository } from '../model.ts';
import { type Caller, type Needs, requireAccess } from './caller.ts';

export type Answer = {
  status: number;
  /** Sent as JSON, unless `bytes` are there. */
  body?: unknown;
  bytes?: Buffer;
  headers?: Readonly<Record<string, string>>;
};

export type Call = {
  readonly hub: Hub;
  readonly caller: Caller;
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The address without its query, as clients reach it. */
  readonly address: string;
  /** The body, or a refusal as GitHub words it. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
};
export type RepositoryCall = Call & { readonly repository: Repository };

export type Route = {
  method: string;
  path: RegExp;
  /** As Octokit names it: `pulls.create`. The operation of a fault. */
  operation: string;
  /** Asks nobody who they are, and counts for no limit. */
  isOpen?: true;
  answer(call: Call): Answer | Promise<Answer>;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * `place` is a method and a path, such as `GET /users/:login`: `:name` is one part of it, `:name*` one or more.
 */
export function anywhere(
  place: `${Method} /${string}`,
  operation: string,
  answer: (call: Call) => Answer | Promise<Answer>,
): Route {
  const [method = '', path = ''] = place.split(' ');
  return routeOf({ method, path }, operation, answer);
}

/** The same in `/repos/:owner/:repo`, for callers who may do that there; others find nothing, or are refused. */
export function inRepository(
  place: `${Method} ${'' | `/${string}`}`,
  operation: string,
  needs: Needs,
  answer: (call: RepositoryCall) => Answer | Promise<Answer>,
): Route {
  const [method = '', path = ''] = place.split(' ');
  return routeOf({ method, path: `/repos/:owner/:repo${path}` }, operation, (call) => {
    const repository = repositoryNamed(call.hub, `${call.params.owner}/${call.params.repo}`);
    if (repository === undefined) throw notFound();
    requireAccess(call.caller, { repository, needs, settings: call.hub.settings() });
    return answer({ ...call, repository });
  });
}

function routeOf(
  { method, path }: { method: string; path: string },
  operation: string,
  answer: Route['answer'],
): Route {
  const pattern = path.replace(/:(\w+)(\*?)/g, (_, name: string, isLong: string) =>
    isLong === '' ? `(?<${name}>[^/]+)` : `(?<${name}>.+)`,
  );
  return { method, path: new RegExp(`^${pattern}$`), operation, answer };
}

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, body, headers };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204 };

/** A number in the path. Throws GithubError 404 for anything else. */
export function numberIn(call: Call, name: string): number {
  const text = call.params[name] ?? '';
  if (!/^\d+$/.test(text)) throw notFound();
  return Number(text);
}

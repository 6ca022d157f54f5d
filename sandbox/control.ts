import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { answerJson } from './answer.ts';
import { readInput } from './control-input.ts';
import { describeProblems, Viewer } from './control-requests.ts';
import type { Route } from './control-route.ts';
import { controlRoutes, type World } from './control-routes.ts';
import { ControlStream } from './control-stream.ts';
import { knownUser } from './known.ts';
import { ControlError, type Part } from './parts.ts';

const ROOT = '/sandbox/';

export type Control = Part & {
  /** Tells the open pages that GET /sandbox/state would answer something else now. */
  stateChanged(): void;
};

/** The documented control API (sandbox/README.md): hands and eyes for the page and for programs. */
export function createControl(world: World): Control {
  const stream = new ControlStream(world);
  const routes = controlRoutes(world);
  return {
    async handle(request, response, url) {
      if (!url.pathname.startsWith(ROOT)) return false;
      try {
        if (request.method === 'GET' && url.pathname === '/sandbox/stream') openStream(response, url);
        else answerJson(response, 200, await run(routes, request, url));
        // Whatever was done may show in the state; pages read it again.
        if (request.method === 'POST') stream.stateChanged();
      } catch (error) {
        answerError(response, error);
      }
      return true;
    },
    stateChanged: () => stream.stateChanged(),
    async stop() {
      stream.stop();
    },
  };

  function openStream(response: ServerResponse, url: URL): void {
    const { as } = parse(Viewer, Object.fromEntries(url.searchParams));
    stream.open(response, knownUser(world.slack, as));
  }
}

async function run(routes: readonly Route[], request: IncomingMessage, url: URL): Promise<unknown> {
  const atPath = routes.filter((route) => route.path.test(url));
  if (atPath.length === 0) {
    throw new ControlError(404, `There is no ${url.pathname}. The calls are described in sandbox/README.md.`);
  }
  const route = atPath.find((candidate) => candidate.method === request.method);
  if (route === undefined) {
    const methods = atPath.map((candidate) => candidate.method).join(' or ');
    throw new ControlError(405, `${url.pathname} takes ${methods}, not ${request.method}.`);
  }
  const input = await readInput(request, url);
  return route.answer((schema) => parse(schema, withPath(route, url, input)));
}

/** Parts of the path are fields like any other (`:name`). */
function withPath(route: Route, url: URL, input: unknown): unknown {
  const fields = route.path.exec(url)?.pathname.groups ?? {};
  if (Object.keys(fields).length === 0 || typeof input !== 'object') return input;
  return { ...input, ...Object.fromEntries(Object.entries(fields).map(decoded)) };
}

function decoded([name, value]: [string, string | undefined]): [string, string] {
  try {
    return [name, decodeURIComponent(value ?? '')];
  } catch {
    throw new ControlError(400, `${name}: "${value}" is not percent-encoded as an address must be.`);
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) throw new ControlError(400, describeProblems(result.error));
  return result.data;
}

function answerError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof ControlError)) throw error;
  answerJson(response, error.status, { error: error.message, ...error.fields });
}

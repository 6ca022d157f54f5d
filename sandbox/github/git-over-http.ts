import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerStruck } from '../answer-struck.ts';
import type { Fault, Faults } from '../faults.ts';
import { writeProtected } from './git/protected-refs.ts';
import { listRefs, type Ref, type RefChange } from './git/refs.ts';
import { type GitService, gitAnswer, serviceOf } from './git/smart-http.ts';
import { GithubError, notFound } from './github-error.ts';
import { type Hub, repositoryNamed } from './hub.ts';
import type { Repository } from './model.ts';
import { followRefs } from './ref-changes.ts';
import { loginOf, requireAccess } from './rest/caller.ts';
import type { Tokens } from './rest/tokens.ts';

type Place = { hub: Hub; tokens: Tokens; faults: Faults; home: string };
type Answer = { status: number; contentType: string; bytes: Buffer; headers?: Record<string, string> };

/** Answers git's own clients at `/git/<owner>/<name>.git/…`. */
export async function answerGit(
  place: Place,
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const { request, response, url } = exchange;
  const [, owner = '', name = '', rest = ''] =
    /^\/git\/([^/]+)\/([^/]+?)(?:\.git)?\/(.+)$/.exec(url.pathname) ?? [];
  const asked = serviceOf(request.method, { rest, query: url.searchParams });
  const operation = asked?.service === 'git-receive-pack' ? 'git.push' : 'git.fetch';
  await answerStruck(place.faults.take('github', operation), {
    request,
    act: async () => {
      try {
        if (asked === undefined) throw notFound();
        const repository = permitted(place, {
          request,
          fullName: `${owner}/${name}`,
          service: asked.service,
        });
        return await served(place, repository, { ...asked, request });
      } catch (error) {
        if (error instanceof GithubError) return refusal(error);
        throw error;
      }
    },
    refusal: (fault) => refusal(faultError(fault)),
    send: ({ status, contentType, bytes, headers }) => {
      if (response.destroyed) return;
      response.writeHead(status, {
        'content-type': contentType,
        'cache-control': 'no-cache, max-age=0, must-revalidate',
        'x-github-request-id': randomBytes(8).toString('hex').toUpperCase(),
        ...headers,
      });
      response.end(bytes);
    },
  });
}

type Asked = { service: GitService; isOffer: boolean; request: IncomingMessage };

async function served(place: Place, repository: Repository, asked: Asked): Promise<Answer> {
  const isPush = asked.service === 'git-receive-pack' && !asked.isOffer;
  return isPush ? repository.inTurn(() => pushed(place, repository, asked)) : read(place, repository, asked);
}

async function read({ home }: Place, { git }: Repository, { request, ...asked }: Asked): Promise<Answer> {
  return { status: 200, ...(await gitAnswer(git, { ...asked, home }, request)) };
}

/** Whatever a push moved is followed before the answer, so that the one who pushed finds it done. */
async function pushed(place: Place, repository: Repository, asked: Asked): Promise<Answer> {
  const { git, protections } = repository;
  await writeProtected(git.directory, protections.keys());
  const before = await listRefs(git);
  const answer = await read(place, repository, asked);
  const changes = changesBetween(before, await listRefs(git));
  const by = loginOf(place.tokens.callerOf(asked.request.headers.authorization));
  await followRefs({ hub: place.hub, repository }, { changes, by });
  return answer;
}

function changesBetween(before: readonly Ref[], after: readonly Ref[]): RefChange[] {
  const old = new Map(before.map(({ name, object }) => [name, object.sha]));
  const now = new Map(after.map(({ name, object }) => [name, object.sha]));
  const changes: RefChange[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) continue;
    changes.push({ name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) });
  }
  return changes;
}

function permitted(
  { hub, tokens }: Place,
  { request, fullName, service }: { request: IncomingMessage; fullName: string; service: GitService },
): Repository {
  const caller = tokens.callerOf(request.headers.authorization);
  if (caller.kind === 'nobody') throw new GithubError(401, 'No anonymous read access.');
  const repository = repositoryNamed(hub, fullName);
  if (repository === undefined) throw notFound('Repository not found.');
  const level = service === 'git-receive-pack' ? 'write' : 'read';
  try {
    requireAccess(caller, { repository, needs: ['contents', level], settings: hub.settings() });
  } catch (error) {
    if (!(error instanceof GithubError) || error.status !== 403) throw error;
    throw new GithubError(403, `Permission to ${repository.fullName}.git denied to ${loginOf(caller)}.`);
  }
  return repository;
}

function refusal({ status, message }: GithubError): Answer {
  return {
    status,
    contentType: 'text/plain; charset=utf-8',
    bytes: Buffer.from(`${message}\n`),
    ...(status === 401 && { headers: { 'www-authenticate': 'Basic realm="GitHub"' } }),
  };
}

function faultError(fault: Fault): GithubError {
  if (fault.kind === 'throttle') return new GithubError(429, 'Too many requests.');
  const status = Number(fault.error);
  return new GithubError(fault.kind === 'refuse' && status >= 400 ? status : 500, 'Internal Server Error');
}

import { z } from 'zod';
import { CodeHostRefused, type Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { answerBehind, answeredIn } from './answered.ts';
import { createConditional } from './conditional.ts';
import type { Connections, ReadToken } from './connections.ts';
import type { Fetch } from './flight.ts';
import { createLimits } from './limits.ts';
import { METADATA } from './permissions.ts';
import { partsOf } from './repository-name.ts';
import { type Call, errorOf, type Headers, readAnswer, send } from './send.ts';

/** GitHub, one repository at a time. Everything rejects with the port's errors or the signal's reason. */
export type GithubApi = {
  read<Answer>(repository: Repository, call: Read<Answer>, options: CallOptions): Promise<Answer>;
  /** With the answer's headers. */
  readWhole<Answer>(
    repository: Repository,
    call: Read<Answer>,
    options: CallOptions,
  ): Promise<{ answer: Answer; headers: Headers }>;
  /**
   * Undefined where GitHub says that it is not there, and the repository itself can be seen. `absent`: the statuses that say so;
   * default: 404.
   */
  find<Answer>(
    repository: Repository,
    call: Read<Answer> & { absent?: readonly number[] },
    options: CallOptions,
  ): Promise<Answer | undefined>;
  /** The answers of all pages. `isEnough`: no further page is needed. */
  readPages<Answer>(
    repository: Repository,
    call: Read<Answer> & { isEnough?: (page: Answer) => boolean },
    options: CallOptions,
  ): Promise<Answer[]>;
  /** Sent once. What is unclear throws `CodeHostUnavailable`: look before it is sent again. */
  write<Answer>(repository: Repository, call: Call<Answer>, options: CallOptions): Promise<Answer>;
  /** Lets git read the repository, for a minute at least. A secret. */
  readToken(repository: Repository, options: CallOptions): Promise<ReadToken>;
};

/** `isOften`: it is asked again and again, and answered from a conditional request. */
export type Read<Answer> = Call<Answer> & { isOften?: true };

const PER_PAGE = 100;
/** What is cut would look as if it were not there. */
const MOST_PAGES = 100;

export function createApi(
  connections: Connections,
  { fetch, now }: { fetch: Fetch; now: () => number },
): GithubApi {
  const limits = createLimits(now);
  const conditional = createConditional();

  async function ask(
    repository: Repository,
    call: Omit<Call<unknown>, 'answer'>,
    { signal, headers = {} }: CallOptions & { headers?: Readonly<Record<string, string>> },
  ): Promise<{ data: unknown; headers: Headers }> {
    const parameters = { ...partsOf(repository), ...call.parameters };
    const { octokit, who } = await connections.of(repository, { signal, fetch, now });
    limits.check(who, call.what);
    try {
      return await send(octokit, { ...call, parameters }, { signal, fetch, now, headers });
    } catch (error) {
      limits.note(who, error);
      if (error instanceof CodeHostRefused && error.why === 'credentials') connections.forget(repository);
      throw error;
    }
  }

  async function askAgain(
    repository: Repository,
    call: Call<unknown>,
    options: CallOptions,
  ): Promise<{ data: unknown; headers: Headers }> {
    const key = JSON.stringify([repository, call.route, call.parameters]);
    const kept = conditional.get(key);
    if (kept === undefined) {
      const answer = await ask(repository, call, options);
      conditional.keep(key, answer);
      return answer;
    }
    try {
      const answer = await ask(repository, call, { ...options, headers: { 'if-none-match': kept.etag } });
      conditional.keep(key, answer);
      return answer;
    } catch (error) {
      if (answeredIn(error)?.status === 304) return kept;
      throw error;
    }
  }

  async function readWhole<Answer>(repository: Repository, call: Read<Answer>, options: CallOptions) {
    const { data, headers } = await (call.isOften ? askAgain : ask)(repository, call, options);
    return { answer: readAnswer(data, call), headers };
  }

  const read: GithubApi['read'] = async (repository, call, options) =>
    (await readWhole(repository, call, options)).answer;

  return {
    async readToken(repository, { signal }) {
      const connection = await connections.of(repository, { signal, fetch, now });
      try {
        return await connection.readToken(repository);
      } catch (error) {
        connections.forget(repository);
        throw errorOf(error, seeing(repository), now());
      }
    },
    read,
    readWhole,
    async find(repository, { absent = [404], ...call }, options) {
      try {
        return await read(repository, call, options);
      } catch (error) {
        const status = answerBehind(error)?.status;
        if (status === undefined || !absent.includes(status)) throw error;
        // GitHub also says 404 where a permission is missing.
        await read(repository, seeing(repository), options);
        return undefined;
      }
    },
    async readPages<Answer>(
      repository: Repository,
      { isEnough = () => false, ...call }: Read<Answer> & { isEnough?: (page: Answer) => boolean },
      options: CallOptions,
    ) {
      const pages: Answer[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const parameters = { ...call.parameters, per_page: PER_PAGE, page };
        const { answer, headers } = await readWhole(repository, { ...call, parameters }, options);
        pages.push(answer);
        if (isEnough(answer) || !hasNext(headers)) return pages;
      }
      throw new CodeHostRefused(
        `Could not ${call.what}: there are more than ${MOST_PAGES * PER_PAGE}. Delete what is not needed any more.`,
        'invalid',
      );
    },
    async write(repository, call, options) {
      return readAnswer((await ask(repository, call, options)).data, call);
    },
  };
}

function seeing(repository: Repository): Read<unknown> {
  return {
    what: `see ${repository}`,
    needs: METADATA,
    route: 'GET /repos/{owner}/{repo}',
    answer: z.object({ id: z.number() }),
    isOften: true,
  };
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function hasNext(headers: Headers): boolean {
  return typeof headers.link === 'string' && /\brel="next"/.test(headers.link);
}

import { z } from 'zod';
import { withoutControlSequences } from '../domain/control-sequences.ts';
import { type CodeHost, CodeHostUnavailable, type Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { answerBehind } from './answered.ts';
import type { GithubApi } from './api.ts';
import type { Fetch } from './flight.ts';
import { ACTIONS } from './permissions.ts';
import { jobsCall } from './workflow-run.ts';

/** Of the end of a log. */
const MOST_BYTES = 256 * 1_024;
const MOST_CHARACTERS_OF_A_LINE = 1_000;
/** A log may be hundreds of megabytes, all of which come before its end. Milliseconds. */
const DOWNLOAD_WITHIN = 30_000;

/** What failed jobs printed. `fetch`: without credentials. */
export function createJobLog(api: GithubApi, fetch: Fetch): Pick<CodeHost, 'logTail'> {
  return {
    async logTail(repository, { run, lines }, options) {
      const pages = await api.readPages(repository, jobsCall(repository, run), options);
      const failed = pages
        .flatMap(({ jobs }) => jobs)
        .find((job) => job.status === 'completed' && isFailure(job.conclusion));
      if (failed === undefined || lines < 1) return [];
      const text = await logOf(api, repository, { job: failed.id, fetch }, options);
      return text === undefined ? [] : lastLines(text, lines);
    },
  };
}

function isFailure(conclusion: string | null | undefined): boolean {
  return conclusion !== 'success' && conclusion !== 'skipped' && conclusion !== 'cancelled';
}

async function logOf(
  api: GithubApi,
  repository: Repository,
  { job, fetch }: { job: number; fetch: Fetch },
  options: CallOptions,
): Promise<string | undefined> {
  const what = `read the log of a job of ${repository}`;
  const call = {
    what,
    needs: { ...ACTIONS, access: 'read' as const },
    route: 'GET /repos/{owner}/{repo}/actions/jobs/{job}/logs' as const,
    parameters: { job },
    answer: z.unknown(),
    mayRedirect: true as const,
  };
  try {
    const { answer, headers } = await api.readWhole(repository, call, options);
    if (typeof headers.location === 'string')
      return await download(headers.location, { what, fetch }, options);
    return typeof answer === 'string' ? answer : undefined;
  } catch (error) {
    // GitHub throws logs away after some time, and those of a job that never ran are not there.
    const status = answerBehind(error)?.status;
    if (status === 404 || status === 410) return undefined;
    throw error;
  }
}

/** From where GitHub keeps it: the address is signed for a minute, and gets none of Forge's credentials. */
async function download(
  address: string,
  { what, fetch }: { what: string; fetch: Fetch },
  { signal }: CallOptions,
): Promise<string | undefined> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_WITHIN)]);
  try {
    const response = await fetch(address, { signal: within });
    if (response.status === 404 || response.status === 410) return undefined;
    if (!response.ok) throw new Error(`The log’s address answered ${response.status}`);
    return await endOf(response);
  } catch (error) {
    signal.throwIfAborted();
    throw new CodeHostUnavailable(`Could not ${what}: GitHub did not hand it over.`, { cause: error });
  }
}

async function endOf(response: Response): Promise<string> {
  let kept = Buffer.alloc(0);
  let isCut = false;
  for await (const chunk of response.body ?? []) {
    const all = Buffer.concat([kept, chunk]);
    isCut ||= all.length > MOST_BYTES;
    kept = all.subarray(-MOST_BYTES);
  }
  const text = kept.toString('utf8');
  return isCut ? text.slice(text.indexOf('\n') + 1) : text;
}

/** Up to the last error: what comes after it is the cleaning up of the steps before. */
function lastLines(text: string, most: number): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(withoutTime);
  const error = lines.findLastIndex((line) => line.startsWith('##[error]'));
  const until = error === -1 ? lines : lines.slice(0, error + 1);
  return until
    .filter((line) => !/^##\[(endgroup|debug)\]/.test(line))
    .map(plain)
    .filter((line) => line !== '')
    .slice(-most);
}

/** Every line begins with `2026-01-05T09:00:00.1234567Z `. */
function withoutTime(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z ?/, '');
}

/** Without the marks of GitHub's page, colours and control characters. */
function plain(line: string): string {
  return withoutControlSequences(line.replace(/^##\[\w+\]/, ''))
    .replaceAll('\t', '  ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trimEnd()
    .slice(0, MOST_CHARACTERS_OF_A_LINE);
}

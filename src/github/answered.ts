import { saidIn } from './said.ts';

/** What GitHub answered to a request that failed. */
export type Answered = { status: number; headers: Readonly<Record<string, unknown>>; data: unknown };

/** The answer an error of Octokit holds; undefined: nobody answered, or the error is of something else. */
export function answeredIn(error: unknown): Answered | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('response' in error)) return undefined;
  const { response } = error;
  if (!isObject(response) || typeof response.status !== 'number') return undefined;
  return {
    status: response.status,
    headers: isObject(response.headers) ? response.headers : {},
    data: response.data,
  };
}

/** The cause of a refusal: what GitHub answered, without what was sent, for that holds what Forge signs in with. */
export class GithubAnswered extends Error {
  override readonly name = 'GithubAnswered';
  readonly status: number;
  /** In GitHub's own words; may be empty. Foreign text. */
  readonly said: string;
  /** Where it is a limit: when it ends, in milliseconds since the epoch. */
  readonly limitedUntil: number | undefined;
  constructor({ status, data }: Answered, limitedUntil?: number) {
    super(`GitHub answered ${status}`);
    this.status = status;
    this.said = saidIn(data);
    this.limitedUntil = limitedUntil;
  }
}

/** What GitHub answered where a refusal or silence came of it. */
export function answerBehind(error: unknown): GithubAnswered | undefined {
  return error instanceof Error && error.cause instanceof GithubAnswered ? error.cause : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

type Detail =
  | { resource?: string; field?: string; code?: string; message?: string; value?: unknown }
  | string;

/** A refusal as GitHub words it. */
export class GithubError extends Error {
  readonly status: number;
  readonly errors: readonly Detail[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { errors?: readonly Detail[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}

/** There is none, or the caller may not know of it. */
export function notFound(message = 'Not Found'): GithubError {
  return new GithubError(404, message);
}

/** What was sent can't be. */
export function invalid(...errors: Detail[]): GithubError {
  return new GithubError(422, 'Validation Failed', { errors });
}

export function forbidden(permission: string, level: string): GithubError {
  return new GithubError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': `${permission}=${level}` },
  });
}

import { networkTrouble } from '../aws/network-trouble.ts';
import { CodeHostRefused, CodeHostUnavailable, type RefusedBecause } from '../ports/code-host.ts';
import { type Answered, answeredIn, GithubAnswered } from './answered.ts';
import { limited, limitOf } from './limits.ts';
import { acceptedPermissions, labelOf, type Permission } from './permissions.ts';
import { saidIn } from './said.ts';

/** What was tried. */
export type Tried = {
  /** Finishes the sentence "Could not …". */
  what: string;
  /** What it takes, for when GitHub does not say. */
  needs: Permission;
};

/** A write on a repository that has moved: where GitHub would have it sent is not followed, for it would become a read. */
export class MovedAway extends Error {
  override readonly name = 'MovedAway';
}

/** What came of a call, as the port's errors. What nobody can explain is no answer: it may have happened. */
export function codeHostError(error: unknown, tried: Tried, now: number): Error {
  if (error instanceof CodeHostRefused || error instanceof CodeHostUnavailable) return error;
  const answered = answeredIn(error);
  if (answered === undefined) return unanswered(error, tried);
  const until = limitOf(answered, now);
  const cause = new GithubAnswered(answered, until);
  if (until !== undefined) return limited(tried.what, until, { cause });
  const reason = faultOf(answered.status);
  if (reason !== undefined) return new CodeHostUnavailable(`Could not ${tried.what}: ${reason}.`, { cause });
  const [why, remedy] = becauseOf(answered, tried);
  const said = cause.said === '' ? `it answered ${answered.status}` : cause.said;
  return new CodeHostRefused(`GitHub refuses to ${tried.what}: ${said}. ${remedy}`, why, { cause });
}

function faultOf(status: number): string | undefined {
  if (status >= 500) return 'GitHub has a fault of its own';
  return status < 400 ? 'the answer of GitHub was not understood' : undefined;
}

function unanswered(error: unknown, { what }: Tried): Error {
  const causes = causesOf(error);
  // The error itself may hold the request, with what Forge signs in with.
  const cause = causes.at(1) ?? new Error(String(error));
  if (causes.some((one) => one instanceof MovedAway)) {
    const sentence = `Could not ${what}: the repository has another name now. Write the new one in forge.yml.`;
    return new CodeHostRefused(sentence, 'not-found', { cause });
  }
  return new CodeHostUnavailable(`Could not ${what}: ${troubleOf(causes)}.`, { cause });
}

function troubleOf(causes: readonly Error[]): string {
  if (causes.some(({ name }) => name === 'TimeoutError')) return 'GitHub did not answer in time';
  const [error] = causes;
  const trouble = error === undefined ? undefined : networkTrouble(error);
  if (trouble !== undefined) return `GitHub cannot be reached: ${trouble}`;
  return 'the answer of GitHub was cut off or unreadable';
}

function becauseOf(answered: Answered, tried: Tried): [RefusedBecause, string] {
  switch (answered.status) {
    case 401:
      return [
        'credentials',
        'Check GITHUB_TOKEN, or GITHUB_APP_ID and its private key: they may have expired.',
      ];
    case 403:
      return ['forbidden', remedyOf403(answered, tried)];
    case 404:
      return [
        'not-found',
        `Either it is not there, or Forge may not see it: check the name, and the permission “${labelOf(tried.needs)}”.`,
      ];
    case 409:
      return ['conflict', 'Look at what is there now on GitHub, then try again.'];
    case 410:
      return ['not-found', 'It is gone, or switched off for this repository on GitHub.'];
    case 451:
      return ['forbidden', 'GitHub has closed it for legal reasons.'];
    default:
      return ['invalid', 'Mend what it names, then try again.'];
  }
}

function remedyOf403({ headers, data }: Answered, { needs }: Tried): string {
  if (headers['x-github-sso'] !== undefined) {
    return 'Authorise the token for the single sign-on of the organisation.';
  }
  if (/archived/i.test(saidIn(data))) return 'Nothing can be changed in an archived repository.';
  const accepted = headers['x-accepted-github-permissions'];
  const permissions = acceptedPermissions(typeof accepted === 'string' ? accepted : undefined);
  const missing = (permissions.length > 0 ? permissions : [needs]).map((one) => `“${labelOf(one)}”`);
  return `Give Forge’s GitHub App or token the permission ${missing.join(' and ')} for this repository.`;
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let one: unknown = error; one instanceof Error && causes.length < 10; one = one.cause)
    causes.push(one);
  return causes;
}

import type { CheckVerdict } from '../domain/check.ts';
import { nearest } from '../domain/nearest.ts';
import type { CommitCheck } from '../ports/code-host.ts';
import type { CheckOf, Look } from './check-look.ts';
import { withoutGithub } from './unknown.ts';
import { plain, quoted, shortCommit } from './words.ts';

/** Milliseconds. An answer that has not changed costs nothing. */
const LOOK_AGAIN_IN = 5_000;

/** Looks at a check run or commit status of exactly this commit. What GitHub does not know yet is waited for. */
export const lookAtGithub: Look<'github'> = async (policy, { service, commit }, { codeHost }, options) => {
  if (codeHost === undefined) return withoutGithub();
  const checks = await codeHost.checks(service.repository, commit, options);
  const found = checks.find(({ name }) => name === policy.check);
  return found === undefined ? missing(policy, commit, checks) : verdictOf(found, policy);
};

function missing({ check }: CheckOf<'github'>, commit: string, others: readonly CommitCheck[]): CheckVerdict {
  const similar = nearest(
    check,
    others.map(({ name }) => name),
  );
  const hint = similar === undefined ? '' : ` There is one called ${quoted(similar)}.`;
  const says = `GitHub has no check called ${quoted(check)} of ${shortCommit(commit)} yet.${hint}`;
  return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN };
}

function verdictOf(found: CommitCheck, { accepts }: CheckOf<'github'>): CheckVerdict {
  const more = found.url === undefined ? {} : { more: { url: found.url } };
  const name = quoted(found.name);
  const own = found.says === undefined ? '' : ` It says: ${plain(found.says)}`;
  switch (found.state) {
    case 'passed':
      return { kind: 'passed', says: `${name} passed on GitHub.` };
    case 'waiting':
      return {
        kind: 'waiting',
        says: `${name} has not ended on GitHub yet.${own}`,
        lookAgainIn: LOOK_AGAIN_IN,
        ...more,
      };
    case 'action-required': {
      const says = `${name} waits on GitHub for somebody to do something there.${own}`;
      return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN, ...more };
    }
    case 'failed':
      return { kind: 'failed', says: `${name} failed on GitHub.${own}`, ...more };
    case 'timed-out':
      return { kind: 'failed', says: `${name} took too long on GitHub, and was ended there.${own}`, ...more };
    case 'cancelled':
      return {
        kind: 'failed',
        says: `Somebody cancelled ${name} on GitHub. Run it again there.${own}`,
        ...more,
      };
    case 'neutral':
    case 'skipped':
      if (accepts.includes(found.state)) {
        return { kind: 'passed', says: `${name} was ${found.state} on GitHub, which the policy accepts.` };
      }
      return {
        kind: 'unknown',
        says: `${name} was ${found.state} on GitHub, so nothing is known of it. Run it there, or let the policy accept that.`,
        ...more,
      };
    case 'stale':
      return {
        kind: 'unknown',
        says: `GitHub has given up waiting for ${name}. Run it again there.${own}`,
        ...more,
      };
  }
}

import { z } from 'zod';
import { type CodeHost, CodeHostRefused, type Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { answerBehind } from './answered.ts';
import type { GithubApi } from './api.ts';
import { PULL_REQUESTS } from './permissions.ts';
import { type PullAnswer, pullCall } from './pull-request.ts';
import { partsOf } from './repository-name.ts';
import { reviewsCall } from './reviews.ts';

type NotAsked = { reviewer: string; why: string };
/** `name`: a login or the slug of a team, as GitHub takes it. */
type Wanted = { reviewer: string; name: string; isTeam: boolean };

const Asked = z.object({
  requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
  requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
});
type Asked = z.infer<typeof Asked>;

/** Asking people and teams for a review. */
export function createReviewers(api: GithubApi): Pick<CodeHost, 'askReviewers'> {
  return {
    async askReviewers(repository, { number, reviewers }, options) {
      const { owner } = partsOf(repository);
      const pull = await api.read(repository, pullCall(repository, number), options);
      const asked = [...new Set(reviewers)].map((reviewer) => wantedOf(reviewer, owner));
      const notAsked = asked.flatMap((one) => refusalOf(one, pull, owner));
      const wanted = asked.filter(({ reviewer }) => !notAsked.some((one) => one.reviewer === reviewer));
      const done = await alreadyDone(api, repository, pull, options);
      const missing = wanted.filter((one) => !done.has(keyOf(one)));
      return { notAsked: [...notAsked, ...(await ask(api, repository, { number, missing }, options))] };
    },
  };
}

/** All at once; GitHub takes none of them where it does not take one, so then one after the other. */
async function ask(
  api: GithubApi,
  repository: Repository,
  { number, missing }: { number: number; missing: readonly Wanted[] },
  options: CallOptions,
): Promise<NotAsked[]> {
  if (missing.length === 0) return [];
  try {
    const answer = await api.write(repository, askCall(repository, number, missing), options);
    return missing.filter((one) => !isIn(answer, one)).map((one) => ({ ...named(one), why: NOT_TAKEN }));
  } catch (error) {
    if (!(error instanceof CodeHostRefused) || error.why === 'credentials') throw error;
    const [only] = missing;
    if (missing.length === 1 && only !== undefined) return [{ ...named(only), why: whyOf(error) }];
  }
  const notAsked: NotAsked[] = [];
  for (const one of missing) {
    notAsked.push(...(await ask(api, repository, { number, missing: [one] }, options)));
  }
  return notAsked;
}

const NOT_TAKEN = 'GitHub did not take the request; check that they have access to the repository';

function askCall(repository: Repository, number: number, missing: readonly Wanted[]) {
  return {
    what: `ask for reviews of pull request #${number} of ${repository}`,
    needs: PULL_REQUESTS,
    route: 'POST /repos/{owner}/{repo}/pulls/{number}/requested_reviewers' as const,
    parameters: {
      number,
      reviewers: missing.filter(({ isTeam }) => !isTeam).map(({ name }) => name),
      team_reviewers: missing.filter(({ isTeam }) => isTeam).map(({ name }) => name),
    },
    answer: Asked,
  };
}

function wantedOf(reviewer: string, owner: string): Wanted {
  const name = reviewer.replace(/^@/, '');
  const [organisation = '', team] = name.split('/');
  if (team === undefined) return { reviewer, name, isTeam: false };
  return { reviewer, name: isSame(organisation, owner) ? team : name, isTeam: true };
}

function refusalOf({ reviewer, name, isTeam }: Wanted, pull: PullAnswer, owner: string): NotAsked[] {
  if (isTeam && name.includes('/')) return [{ reviewer, why: `only teams of ${owner} can review here` }];
  if (!isTeam && isSame(name, pull.user?.login ?? '')) {
    return [{ reviewer, why: 'the author of a pull request cannot review it' }];
  }
  return [];
}

/** Who was asked, and who has reviewed: asking them again would take back what they said. */
async function alreadyDone(
  api: GithubApi,
  repository: Repository,
  pull: PullAnswer,
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const pages = await api.readPages(repository, reviewsCall(repository, pull.number), options);
  const logins = pages.flat().flatMap(({ user }) => user?.login ?? []);
  const people = [...(pull.requested_reviewers ?? []).map(({ login }) => login), ...logins];
  const teams = pull.requested_teams ?? [];
  return new Set([
    ...people.map((name) => keyOf({ name, isTeam: false })),
    ...teams.map(({ slug }) => keyOf({ name: slug, isTeam: true })),
  ]);
}

function isIn(
  { requested_reviewers: people, requested_teams: teams }: Asked,
  { name, isTeam }: Wanted,
): boolean {
  return isTeam
    ? (teams ?? []).some(({ slug }) => isSame(slug, name))
    : (people ?? []).some(({ login }) => isSame(login, name));
}

function keyOf({ name, isTeam }: Pick<Wanted, 'name' | 'isTeam'>): string {
  return `${isTeam ? 'team' : 'person'} ${name.toLowerCase()}`;
}

function named({ reviewer }: Wanted): { reviewer: string } {
  return { reviewer };
}

function whyOf(error: CodeHostRefused): string {
  return answerBehind(error)?.said || error.message;
}

/** GitHub does not tell large from small letters in names. */
function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

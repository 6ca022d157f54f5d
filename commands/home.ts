import type { HomeView } from '@slack/types';
import { z } from 'zod';
import { consentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import { rolesOf } from '../src/domain/people-policy.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import { allows } from '../src/domain/roles.ts';
import { isScheduled } from '../src/domain/schedule.ts';
import { isVoteWanted } from '../src/domain/vote-wanted.ts';
import type { Forge } from '../src/forge.ts';
import type { People, Person } from '../src/ports/people.ts';
import { homeView } from '../views/home.ts';
import { membershipOf, rolesIn } from './authorise.ts';
import type { LiveBoard } from './live-board.ts';
import { carried } from './other-version.ts';
import { shownHolds } from './shown-holds.ts';

const Turned = z.object({ page: z.int().min(0) });

/** The page of the board that a button of the Home turns to; what carries none shows the first. */
export function pageOf(value: string): number {
  const parsed = Turned.safeParse(carried(value, 'button'));
  return parsed.success ? parsed.data.page : 0;
}

export type HomeParts = { forge: Forge; people: People };

/** A person's Home as things are now. */
export async function drawHome(
  person: Person,
  { page, board }: { page: number; board: LiveBoard },
  { forge, people }: HomeParts,
): Promise<HomeView> {
  const [underWay, freezes, locks, recurrings, holds] = await Promise.all([
    forge.underWay(),
    forge.freezes(),
    forge.locks(),
    forge.recurrings(),
    forge.automaticHolds(),
  ]);
  const { policy } = forge;
  return homeView({
    ...{ page, board, underWay, freezes, locks, people: policy.people, now: forge.now() },
    ...(await wantedOf(person, underWay, { forge, people })),
    scheduled: underWay.filter((one) => isScheduled(one) && isOwn(one, person)),
    holds: await shownHolds(holds, (place) => rolesIn(place, person, { policy, people })),
    recurring: recurrings.filter(({ owner }) => owner === person.id),
    titleOf: (service) => serviceNamed(policy, service)?.title ?? service,
  });
}

function isOwn({ requestedBy, lastEditor }: Deployment, { id }: Person): boolean {
  return lastEditor === id || (requestedBy.kind === 'person' && requestedBy.userId === id);
}

type Wanted = { votes: Deployment[] | undefined; consents: Deployment[] };

/** What waits for the person. Undefined where Slack does not say which groups they are in; the rest is shown all the same. */
async function wantedOf(
  person: Person,
  underWay: readonly Deployment[],
  { forge, people }: HomeParts,
): Promise<Wanted> {
  const asked = underWay.filter(({ phase }) => phase.kind === 'awaiting-approval');
  const waiting = underWay.filter((one) => consentWanted(one) !== undefined);
  if (asked.length + waiting.length === 0) return { votes: [], consents: [] };
  const { policy } = forge;
  try {
    const member = await membershipOf(person, { policy, people }, { fresh: false });
    const now = forge.now();
    return {
      votes: asked.filter((one) => isVoteWanted(one, member, { people: policy.people, now })),
      consents: waiting.filter((one) =>
        rolesOf(member, one, policy.people).some((role) => allows(role, 'consent')),
      ),
    };
  } catch (error) {
    if (error instanceof UserError) return { votes: undefined, consents: [] };
    throw error;
  }
}

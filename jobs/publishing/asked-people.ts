import { openNeeds } from '../../src/domain/approval.ts';
import { askedToConsent } from '../../src/domain/consent.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { messageOf } from '../../src/domain/errors.ts';
import { askedFor, type PeoplePolicy, type Subject } from '../../src/domain/people-policy.ts';
import type { Asking } from './askings.ts';
import type { DeploymentPublisher } from './publisher.ts';

/** People by Slack id; `isComplete` is false where Slack did not say who some of them are. */
export type AskedPeople = { people: string[]; isComplete: boolean };

/** Whose approval or consent is asked for and not there yet, and who does not read its channel as far as Slack says. */
export async function askedOutsideChannel(
  deployment: Deployment,
  asks: Asking['for'],
  publisher: DeploymentPublisher,
): Promise<AskedPeople> {
  const asked = await askedPeople(deployment, asks, publisher);
  if (asked.people.length === 0) return asked;
  const readers = await readersOf(deployment, publisher);
  return { ...asked, people: asked.people.filter((person) => !readers.has(person)) };
}

async function askedPeople(
  deployment: Deployment,
  asks: Asking['for'],
  { policy, people, log }: DeploymentPublisher,
): Promise<AskedPeople> {
  const { number } = deployment;
  const found = new Set<string>();
  let isComplete = true;
  const subjects =
    asks === 'vote' ? askedToVote(deployment, policy.people) : askedToConsent(deployment, policy.people);
  for (const subject of subjects) {
    try {
      for (const person of await people.membersOf(subject)) found.add(person);
    } catch (error) {
      isComplete = false;
      log.warn('Slack did not say who is asked about a deployment', {
        ...{ deployment: number, asks, subject, error: messageOf(error) },
      });
    }
  }
  const others = asks === 'vote' ? noVoters(deployment) : new Set<string>();
  return { people: [...found].filter((person) => !others.has(person)), isComplete };
}

/** Who may not vote on it, and who has. */
function noVoters({ approval }: Deployment): ReadonlySet<string> {
  const votes = approval?.votes ?? [];
  return new Set([...(approval?.excluded ?? []), ...votes.map(({ voter }) => voter)]);
}

function askedToVote(deployment: Deployment, policy: PeoplePolicy): Subject[] {
  const { approval } = deployment;
  if (approval === undefined) return [];
  const subjects = openNeeds(approval.needs, approval.votes).flatMap(({ from }) =>
    askedFor(from, deployment, policy, approval.excluded),
  );
  return [...new Set(subjects)];
}

/** Nobody where Slack does not say: who is told twice has lost less than who is not told. */
async function readersOf(
  { number, channel }: Deployment,
  { people, log }: DeploymentPublisher,
): Promise<ReadonlySet<string>> {
  try {
    return await people.inChannel(channel);
  } catch (error) {
    log.warn('Slack did not say who is in the channel of a deployment', {
      ...{ deployment: number, channel, error: messageOf(error) },
    });
    return new Set();
  }
}

import { openNeeds } from '../../src/domain/approval.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { messageOf } from '../../src/domain/errors.ts';
import { askedFor, type PeoplePolicy, type Subject } from '../../src/domain/people-policy.ts';
import type { DeploymentPublisher } from './publisher.ts';

/** People by Slack id; `isComplete` is false where Slack did not say who some of them are. */
export type AskedPeople = { people: string[]; isComplete: boolean };

/** Who is asked to approve the deployment, has not voted yet, and does not read its channel as far as Slack says. */
export async function askedOutsideChannel(
  deployment: Deployment,
  publisher: DeploymentPublisher,
): Promise<AskedPeople> {
  const asked = await askedPeople(deployment, publisher);
  if (asked.people.length === 0) return asked;
  const readers = await readersOf(deployment, publisher);
  return { ...asked, people: asked.people.filter((person) => !readers.has(person)) };
}

async function askedPeople(
  deployment: Deployment,
  { policy, people, log }: DeploymentPublisher,
): Promise<AskedPeople> {
  const { approval, number } = deployment;
  const found = new Set<string>();
  let isComplete = true;
  for (const subject of subjectsAsked(deployment, policy.people)) {
    try {
      for (const person of await people.membersOf(subject)) found.add(person);
    } catch (error) {
      isComplete = false;
      log.warn('Slack did not say who is asked to approve a deployment', {
        ...{ deployment: number, subject, error: messageOf(error) },
      });
    }
  }
  const votes = approval?.votes ?? [];
  const others = new Set([...(approval?.excluded ?? []), ...votes.map(({ voter }) => voter)]);
  return { people: [...found].filter((person) => !others.has(person)), isComplete };
}

function subjectsAsked(deployment: Deployment, policy: PeoplePolicy): Subject[] {
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

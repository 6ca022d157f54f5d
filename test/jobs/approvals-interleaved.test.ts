import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { canonicalJson } from '../../src/domain/json.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { acts, hanging, type Played, play, policies } from './approval-interleaving.ts';

/** `INTERLEAVINGS=10000 SEED=7` plays so many, the same ones each time; `SHRINK=1` looks for the shortest that fails. */
const runs = Number(process.env.INTERLEAVINGS ?? 60);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** What each voter counts for, written down apart from the policy. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  U0MAYA: ['release-manager'],
  U0LEO: ['release-manager'],
  U0RAVI: ['release-manager', 'security'],
  U0PRIYA: ['security'],
};

const REQUESTER: Readonly<Record<number, string>> = { 1: 'U0MAYA', 2: 'U0ANN' };

describe('deployments that wait for people, whatever happens in whatever order', () => {
  it(
    `never start without a valid quorum on the exact plan, start once at most, and come to an end (${runs} runs, seed ${seed})`,
    async () => {
      console.info(`INTERLEAVINGS=${runs} SEED=${seed}`);
      let started = 0;
      let asked = 0;
      await fc.assert(
        fc.asyncProperty(acts, fc.nat(policies.length - 1), async (script, first) => {
          const played = await play(script, first);
          try {
            const wrong = await wrongIn(played);
            started += played.startedUnder.size;
            asked += played.counted.size > 0 ? 1 : 0;

            expect(wrong).toEqual([]);
          } finally {
            await played.close();
          }
        }),
        { numRuns: runs, seed, endOnFailure: process.env.SHRINK === undefined },
      );
      // Neither is proven of what never comes about.
      expect(started).toBeGreaterThan(runs / 4);
      expect(asked).toBeGreaterThan(runs / 4);
    },
    60_000 + runs * 5_000,
  );
});

/** Everything about it that must not be, in words. */
async function wrongIn(played: Played): Promise<string[]> {
  const { world, startedUnder } = played;
  const wrong = (await hanging(played)).map((one) => `${one} does not come to an end`);
  for (const { number } of await world.store.history({ limit: 10 })) {
    const events = await world.store.events(number);
    const starts = events.filter(({ event }) => event.type === 'started').length;
    if (starts > 1) wrong.push(`#${number} started ${starts} times`);
    if (starts > 0) wrong.push(...wrongAtStart(number, events, played));
    wrong.push(...votedTwice(number, events));
  }
  if (startedUnder.size === 0 && world.platform.changes.length > 0) wrong.push('something changed unasked');
  return [...wrong, ...world.reports];
}

function wrongAtStart(
  number: number,
  events: readonly RecordedEvent[],
  { counted, startedUnder }: Played,
): string[] {
  const name = `#${number}`;
  const policy = policies.find(({ version }) => version === startedUnder.get(number));
  if (policy === undefined) return [`${name} started and nobody knows under which policy`];
  const approvals = policy.environments.find((one) => one.name === 'staging')?.approvals;
  if (approvals === undefined) return [];
  const before = events.slice(
    0,
    events.findIndex(({ event }) => event.type === 'started'),
  );
  const at = before.findLastIndex(({ event }) => event.type === 'approval-asked');
  const asking = before[at]?.event;
  if (asking?.type !== 'approval-asked') return [`${name} started and nobody was asked`];
  const wrong: string[] = [];
  if (asking.policy !== policy.version)
    wrong.push(`${name} was asked under ${asking.policy}, started under ${policy.version}`);
  if (planAfter(before) !== planAfter(before.slice(0, at)))
    wrong.push(`${name} is not the plan people were asked about`);
  const votes = before.slice(at).filter(({ event }) => event.type === 'voted');
  for (const { event, by, cause, at: votedAt } of votes) {
    if (event.type !== 'voted' || by.kind !== 'person') continue;
    const vote = `${name}: the vote of ${by.userId}`;
    const ballot = counted.get(cause);
    if (event.verdict === 'reject') wrong.push(`${vote} rejected it`);
    if (by.userId === REQUESTER[number]) wrong.push(`${vote} is the requester's`);
    if (votedAt >= asking.deadline) wrong.push(`${vote} came too late`);
    if (ballot?.voter !== by.userId || ballot.deployment !== number) wrong.push(`${vote} is nobody's`);
    if (ballot?.seen.round !== asking.round || ballot.seen.digest !== asking.digest) {
      wrong.push(`${vote} is on something else`);
    }
  }
  const people = votes.flatMap(({ by }) => (by.kind === 'person' ? [by.userId] : []));
  const seats = approvals.needs.flatMap(({ from, count }) => Array.from({ length: count }, () => from));
  if (!canBeSeated(seats, [...new Set(people)])) wrong.push(`${name} has no quorum: ${people.join(', ')}`);
  return wrong;
}

function votedTwice(number: number, events: readonly RecordedEvent[]): string[] {
  const votes = events.flatMap(({ event, by }) =>
    event.type === 'voted' && by.kind === 'person'
      ? [`${by.userId} on #${number} in round ${event.round}`]
      : [],
  );
  return votes.filter((vote, index) => votes.indexOf(vote) !== index).map((vote) => `two votes of ${vote}`);
}

/** Everything of the plan as these events leave it. */
function planAfter(events: readonly RecordedEvent[]): string {
  const plans = events.flatMap(({ event }): Plan[] =>
    event.type === 'requested' || event.type === 'replanned' ? [event.plan] : [],
  );
  return canonicalJson(plans.at(-1));
}

/** Tries every way to give each seat a person of their own. */
function canBeSeated([seat, ...seats]: readonly string[], people: readonly string[]): boolean {
  if (seat === undefined) return true;
  return people.some(
    (one, index) =>
      STANDS_FOR[one]?.includes(seat) === true && canBeSeated(seats, people.toSpliced(index, 1)),
  );
}

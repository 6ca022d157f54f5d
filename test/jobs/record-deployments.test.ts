import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { recordDeployments } from '../../jobs/record-deployments.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { GithubPolicy } from '../../src/domain/policy.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import type { Store } from '../../src/ports/store.ts';
import { aPerson, aPlan, aPolicy, aRelease, aRequestedEvent } from '../builders.ts';
import { FakeChat } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import type { FakeRepository } from '../fakes/code-host-repository.ts';
import { silentLog } from '../fakes/log.ts';

const minutes = 60_000;
const github: GithubPolicy = {
  people: {},
  ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
};

describe('the record of a deployment on the code host', () => {
  let database: Database;
  let store: Store;
  let clock: FakeClock;
  let host: FakeCodeHost;
  let repository: FakeRepository;
  let commit: string;
  let policy = aPolicy();

  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
    store = createStore(database, { clock });
    host = new FakeCodeHost(() => clock.now());
    repository = host.repository('acme/checkout');
    commit = repository.push('main', { message: 'A commit' });
    policy = aPolicy({ github });
  });
  afterEach(() => database.close());

  async function happens(events: readonly DeploymentEvent[], deployment = 1): Promise<void> {
    const cause = `cause ${(await store.events(deployment)).length}`;
    const change = { kind: 'append', deployment, expect: 'any', by: aPerson, cause } as const;
    expect(await store.commit([{ ...change, events: [...events] }])).toBe('committed');
  }

  function requested(): DeploymentEvent {
    return aRequestedEvent({ plan: aPlan({ to: aRelease({ commit }) }) });
  }

  /** Lets a process keep records for so long, and ends it. */
  async function keepFor(milliseconds: number): Promise<void> {
    const stopping = new AbortController();
    const chat = new FakeChat(() => clock.now());
    const kept = recordDeployments(
      { store, clock, policy, codeHost: host, chat, log: silentLog },
      stopping.signal,
    );
    const stopped = expect(kept).rejects.toThrow('enough');
    await clock.advance(milliseconds);
    stopping.abort(new Error('enough'));
    await stopped;
  }

  const told = () =>
    repository.deployments.map(({ forge, sha, environment, statuses }) => ({
      ...{ forge, sha, environment },
      states: statuses.map(({ state }) => state),
    }));

  it('follows it from the question for approval to what replaced it', async () => {
    await happens([requested(), { type: 'checking' }]);
    await keepFor(5_000);
    await happens([{ type: 'started' }]);
    await keepFor(5_000);
    await happens([{ type: 'succeeded' }]);
    await keepFor(5_000);
    await clock.advance(30 * 24 * 60 * minutes);
    await happens([{ type: 'replaced', by: 2 }]);
    await keepFor(5_000);

    const states = ['queued', 'in_progress', 'success', 'inactive'];
    expect(told()).toEqual([{ forge: '1', sha: commit, environment: 'production', states }]);
    const last = repository.deployments[0]?.statuses.at(-1);
    expect(last).toMatchObject({
      description: '#1 was replaced by #2.',
      environmentUrl: 'https://checkout.example',
    });
  });

  it('is not written again for what changes nothing that it shows', async () => {
    await happens([requested(), { type: 'started' }]);
    const stopping = new AbortController();
    const chat = new FakeChat(() => clock.now());
    const kept = recordDeployments(
      { store, clock, policy, codeHost: host, chat, log: silentLog },
      stopping.signal,
    );
    const stopped = expect(kept).rejects.toThrow('enough');
    await clock.advance(5_000);

    await happens([{ type: 'paused' }]);
    await clock.advance(5_000);
    const calls = host.count('recordStatus');
    const shown = (await store.deploymentRecord(1))?.shown;
    await happens([{ type: 'succeeded' }]);
    await clock.advance(5_000);
    stopping.abort(new Error('enough'));
    await stopped;

    expect([calls, shown, host.count('recordStatus')]).toEqual([1, 3, 2]);
  });

  it('links to the message in Slack once it is there', async () => {
    await happens([requested()]);
    await store.addPosts([{ id: '1', deployment: 1, event: 0, channel: 'C0DEPLOYS' }]);
    await store.updatePost('1', { state: 'sent', ts: '12.34' });

    await keepFor(3_000);

    expect(repository.deployments[0]?.statuses[0]?.logUrl).toContain('C0DEPLOYS');
  });

  it('is made once though the code host made it and did not answer, and Forge was killed', async () => {
    await happens([requested()]);
    host.failNext('recordDeployment', new CodeHostUnavailable('It did not answer.'), 'after');
    await keepFor(1_000);

    await keepFor(2 * minutes);

    expect(told()).toMatchObject([{ forge: '1', states: ['queued'] }]);
  });

  it('is tried again while the code host is silent, and shows how it stands then', async () => {
    await happens([requested()]);
    host.fail('recordDeployment');
    await keepFor(2 * minutes);
    await happens([{ type: 'started' }]);
    host.mend();

    await keepFor(15 * minutes);

    expect(told()).toMatchObject([{ states: ['in_progress'] }]);
  });

  it('is left alone where the code host refuses it again and again, until something happens to it', async () => {
    await happens([requested()]);
    for (let time = 1; time <= 6; time += 1) {
      host.failNext('recordDeployment', new CodeHostRefused('It may not.', 'forbidden'));
    }
    await keepFor(120 * minutes);
    const refused = host.count('recordDeployment');
    expect(refused).toBe(6);
    expect(told()).toEqual([]);

    await happens([{ type: 'started' }]);
    await keepFor(20 * minutes);

    expect(told()).toMatchObject([{ states: ['in_progress'] }]);
  });

  it('is not made for what ended long ago, or without GitHub in the policy', async () => {
    await happens([requested(), { type: 'refused', reason: 'No.' }]);
    await clock.advance(25 * 60 * minutes);
    await happens([requested()], 2);
    await keepFor(3_000);
    expect(told().map(({ forge }) => forge)).toEqual(['2']);

    policy = aPolicy();
    await happens([requested()], 3);
    await keepFor(3_000);

    expect(told()).toHaveLength(1);
  });
});

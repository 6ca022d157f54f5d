import { type Database, openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { publishMessages } from '../../../jobs/publish-messages.ts';
import type { Publisher } from '../../../jobs/publishing/publisher.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Store } from '../../../src/ports/store.ts';
import { aPerson, aPolicy, aRequestedEvent } from '../../builders.ts';
import { FakeChat } from '../../fakes/chat.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { FakeMembers } from '../../fakes/members.ts';

export type PublishingWorld = {
  clock: FakeClock;
  store: Store;
  chat: FakeChat;
  members: FakeMembers;
  /** What was logged as a warning or an error. */
  reports: string[];
  /** Records events of a deployment; the first one requests it, the usual way where they do not say how. */
  record(deployment: number, ...events: DeploymentEvent[]): Promise<void>;
  /** The same, by somebody else. */
  recordBy(by: Actor, deployment: number, ...events: DeploymentEvent[]): Promise<void>;
  /** Begins to publish; one that publishes already ends. `store` and `chat` stand in for the world's own. */
  publish(change?: Partial<Pick<Publisher, 'store' | 'chat'>>): void;
  close(): void;
};

/** Publishing alone: events are recorded by hand, and time moves by hand. */
export function createPublishingWorld({ policy = aPolicy() }: { policy?: Policy } = {}): PublishingWorld {
  const clock = createFakeClock();
  const database: Database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const chat = new FakeChat(() => clock.now());
  const members = new FakeMembers();
  const reports: string[] = [];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => {
    reports.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log = { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
  let count = 0;
  let publishing = new AbortController();

  const recordBy = async (by: Actor, deployment: number, ...events: DeploymentEvent[]) => {
    const isKnown = (await store.deployment(deployment)) !== undefined;
    const isWhole = isKnown || events[0]?.type === 'requested';
    count += 1;
    await store.commit([
      {
        kind: 'append',
        deployment,
        expect: 'any',
        events: isWhole ? events : [aRequestedEvent(placeOf(deployment)), ...events],
        by,
        cause: `cause ${count}`,
      },
    ]);
  };

  return {
    clock,
    store,
    chat,
    members,
    reports,
    record: (deployment, ...events) => recordBy(aPerson, deployment, ...events),
    recordBy,
    publish(change = {}) {
      publishing.abort();
      publishing = new AbortController();
      const { signal } = publishing;
      const publisher = { store, chat, people: members, policy, log, clock, ...change };
      publishMessages(publisher, signal).catch((error: unknown) => {
        if (!signal.aborted) reports.push(`Publishing ended: ${String(error)}`);
      });
    },
    close() {
      publishing.abort();
      database.close();
    },
  };
}

/** A crowd is spread over channels: Slack takes a post a second in each. */
function placeOf(deployment: number) {
  const channel = deployment < 10 ? 'C0DEPLOYS' : `C0CROWD${deployment % 8}`;
  return { environment: `place-${deployment}`, channel };
}

import { randomUUID } from 'node:crypto';
import type { HomeView, ModalView } from '@slack/types';
import { onTestFinished } from 'vitest';
import { createHomes } from '../../commands/homes.ts';
import { createReception, type FrontDesk } from '../../commands/reception.ts';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { createForge } from '../../src/forge.ts';
import type { Message, Replies, ReplyAddress } from '../../src/ports/chat.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import type { FieldValues, Incoming, Reception } from '../../src/ports/incoming.ts';
import type { People, Person } from '../../src/ports/people.ts';
import type { Change, Store } from '../../src/ports/store.ts';
import { createShownPlans } from '../../src/use-cases/shown-plans.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { companyWorld, policy } from '../scenarios/company.ts';
import { type LogLine, recordingLog } from '../slack/harness.ts';

/** What one arrival was answered with. */
export type Answer = {
  /** What the person alone reads, buttons in brackets. Empty when nothing was said. */
  words: string;
  text: string;
  blocks: unknown[];
  form: ModalView | undefined;
};

/** Forge behind the front desk, without Slack and without jobs: a deployment stays requested until `happens` says more. */
export class TestDesk {
  readonly clock = createFakeClock();
  readonly lines: LogLine[] = [];
  /** Where each answer in words went. */
  readonly addresses: ReplyAddress[] = [];
  readonly homes: { to: string; home: HomeView; words: string }[] = [];
  /** Forms that were shown anew. */
  readonly refreshed: { view: string; form: ModalView; asOf: number }[] = [];
  readonly world = companyWorld();
  readonly store: Store;
  readonly desk: FrontDesk;
  readonly reception: Reception;
  /** User groups by person; `silent` among them throws. */
  readonly groups = new Map<string, string[]>();
  /** Whom Slack knows; a missing one is nobody, `silent` throws. */
  readonly people = new Map<string, Person['kind'] | 'silent'>([
    ['U0MAYA', 'member'],
    ['U0SAM', 'member'],
    ['U0GUEST', 'guest'],
    ['U0NOOR', 'stranger'],
    ['U0FORGE', 'bot'],
    ['U0DORA', 'deactivated'],
  ]);
  opening: 'opened' | 'expired' = 'opened';
  #messages: Message[] = [];
  #forms: ModalView[] = [];

  constructor(changes: { store?: (store: Store) => Store; policy?: Policy; codeHost?: CodeHost } = {}) {
    const database = openDatabase(':memory:');
    onTestFinished(() => database.close());
    const store = createStore(database, { clock: this.clock });
    this.store = changes.store?.(store) ?? store;
    const adapters = {
      policy: changes.policy ?? policy,
      store: this.store,
      ...this.world,
      clock: this.clock,
      ...(changes.codeHost === undefined ? {} : { codeHost: changes.codeHost }),
      shownPlans: createShownPlans(),
    };
    const parts = {
      forge: createForge({ ...adapters, unsupportedBlocks: () => new Set() }),
      people: this.#people(),
      replies: this.#replies(),
      log: recordingLog(this.lines),
      store: this.store,
      clock: this.clock,
    };
    this.desk = { ...parts, homes: createHomes(parts) };
    this.reception = createReception(this.desk);
  }

  types(text: string, userId = 'U0MAYA'): Promise<Answer> {
    return this.arrives({
      ...this.#arrival('command', userId),
      kind: 'command',
      text,
      channel: 'C0DEPLOYS',
      responseUrl: 'https://hooks.test',
      triggerId: 'trigger',
    });
  }

  presses(actionId: string, value: unknown, userId = 'U0MAYA'): Promise<Answer> {
    return this.arrives({
      ...this.#arrival('press', userId),
      kind: 'press',
      actionId,
      blockId: 'block',
      value: typeof value === 'string' ? value : JSON.stringify(value),
      triggerId: 'trigger',
    });
  }

  async sends(callbackId: string, fields: Record<string, string>, hidden?: unknown): Promise<Answer> {
    return this.arrives(this.submission(callbackId, fields, hidden));
  }

  submission(callbackId: string, fields: Record<string, string>, hidden?: unknown) {
    const values: FieldValues = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value === '' ? {} : { [name]: value }]),
    );
    return {
      ...this.#arrival('submission', 'U0MAYA'),
      kind: 'submission' as const,
      callbackId,
      viewId: 'V1',
      privateMetadata: asText(hidden),
      values,
      triggerId: 'trigger',
    };
  }

  opensHome(userId: string): Promise<Answer> {
    return this.arrives({ ...this.#arrival('home', userId), kind: 'home-opened' });
  }

  /** Keeps it and does it, as the adapter would. */
  async arrives(incoming: Incoming): Promise<Answer> {
    await this.reception.keep(incoming);
    return this.answerTo(() => this.reception.process(incoming));
  }

  async answerTo(act: () => Promise<void>): Promise<Answer> {
    this.#messages = [];
    this.#forms = [];
    await act();
    const blocks = this.#messages.flatMap((message) => message.blocks);
    return {
      words: plainText(blocks).join('\n'),
      text: this.#messages.map((message) => message.text).join('\n'),
      blocks,
      form: this.#forms.at(-1),
    };
  }

  /** Records what jobs would have done. */
  async happens(deployment: number, ...events: DeploymentEvent[]): Promise<void> {
    const change: Change = {
      kind: 'append',
      deployment,
      expect: 'any',
      events,
      by: { kind: 'job', run: `deploy/${deployment}` },
      cause: randomUUID(),
    };
    await this.store.commit([change]);
  }

  /** A deployment of the api to staging that has succeeded, as the platform shows too. */
  async succeeded(version: string): Promise<number> {
    const { words } = await this.types(`deploy api staging ${version}`);
    const number = Number(/Deployment #(\d+)/u.exec(words)?.[1]);
    const deployment = await this.store.deployment(number);
    if (deployment === undefined) throw new Error(`It did not begin: ${words}`);
    const { digests, commit = '' } = deployment.plan.to;
    const target = { service: 'api', environment: 'staging', region: 'us-east-1' };
    this.world.platform.give(target, { version, commit, digest: digests['us-east-1'] ?? '' });
    await this.happens(number, { type: 'checking' }, { type: 'started' }, { type: 'succeeded' });
    return number;
  }

  #arrival(kind: string, userId: string) {
    return { id: `${kind}:${randomUUID()}`, userId, receivedAt: this.clock.now() };
  }

  #people(): People {
    return {
      person: async (id) => {
        const kind = this.people.get(id);
        if (kind === 'silent') throw new Error(`Could not ask Slack who ${id} is`);
        return kind === undefined ? undefined : { id, name: id, kind, timeZone: 'Europe/Berlin' };
      },
      groupsOf: async (id) => {
        const groups = this.groups.get(id) ?? [];
        if (groups.includes('silent')) throw new Error('Could not ask Slack who is in which user group');
        return groups;
      },
      membersOf: async (subject) => [subject],
      inChannel: async () => new Set(),
    };
  }

  #replies(): Replies {
    return {
      privately: async (address, message) => {
        this.addresses.push(address);
        this.#messages.push(message);
      },
      openForm: async (_address, form) => {
        this.#forms.push(form);
        return this.opening === 'expired' ? { kind: 'expired' } : { kind: 'opened', view: 'V1' };
      },
      updateForm: async (view, form, { asOf }) => {
        this.refreshed.push({ view, form, asOf });
      },
      publishHome: async (to, home) => {
        this.homes.push({ to, home, words: plainText(home.blocks).join('\n') });
        return { kind: 'published', hash: `hash ${this.homes.length}` };
      },
    };
  }
}

/** A string stands for what is no JSON of ours. */
function asText(hidden: unknown): string {
  if (hidden === undefined) return '';
  return typeof hidden === 'string' ? hidden : JSON.stringify(hidden);
}

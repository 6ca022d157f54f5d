import type { Actor } from '../domain/actor.ts';
import type { Verdict } from '../domain/approval.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../domain/events.ts';
import type { Json } from '../domain/json.ts';
import type { Target } from '../domain/release.ts';
import type { Split, TrafficRecord } from '../domain/traffic.ts';
import type { AnnouncementChange, Announcements } from './announcements.ts';
import type { AutomaticChange, Automatics } from './automatic.ts';
import type { CheckResultChange, CheckResults } from './check-results.ts';
import type { DeploymentRecords } from './deployment-records.ts';
import type { RecurringChange, Recurrings } from './recurring.ts';
import type { RestrictionChange, Restrictions } from './restrictions.ts';
import type { ShipmentChange, Shipments } from './shipments.ts';

/**
 * One thing to write. A list of changes is written all or nothing; they are data, so that the same list can be
 * written by a use case, by a job with its journal entry, or again after a crash.
 */
export type Change =
  | {
      kind: 'append';
      deployment: number;
      /** Version the deployment must have now (0 = it must not exist), or `any` where only the facts count. */
      expect: number | 'any';
      events: DeploymentEvent[];
      by: Actor;
      why?: string;
      /** Unique per deployment: a second append with the same cause is `already-committed`. */
      cause: string;
    }
  | {
      kind: 'start-run';
      /** Unique for ever: starting the same id again does nothing. */
      id: string;
      job: string;
      input: Json;
      /** At most one active run per key; further ones queue. */
      key?: string;
      /** Not before this time, in milliseconds since the epoch. */
      at?: number;
      /** Higher first among queued runs of one key. */
      priority?: number;
    }
  /** A doorbell: the same id rings once, also when it is rung before the run waits for it. */
  /** `unlessRung`: not while another of that name is not taken yet, for a bell that says nothing but to look again. */
  | {
      kind: 'signal-run';
      run: string;
      name: string;
      id: string;
      by: string;
      value?: Json;
      unlessRung?: boolean;
    }
  | { kind: 'abort-run'; run: string; by: string; reason: string }
  /**
   * Forge wants the target's traffic so. Written before the load balancer is told. A conflict when another intent came
   * first: `expectGeneration` is the one it was decided on, 0 where there was none.
   */
  | {
      kind: 'intend-traffic';
      target: Target;
      split: Split;
      before: Split;
      safe?: Split;
      deployment: number;
      expectGeneration: number;
    }
  /** The load balancer was read back and says what was intended then; nothing when another intent came after. */
  | { kind: 'confirm-traffic'; target: Target; generation: number }
  /** A conflict when this person has voted in this round before. In one commit with the event that tells it. */
  | { kind: 'cast-vote'; deployment: number; round: number; voter: string; verdict: Verdict }
  /**
   * Something that arrived was dealt with. In one commit with what it caused, so that it is dealt with once:
   * when it was finished before, the whole commit is `already-committed`.
   */
  | { kind: 'finish-arrival'; id: string; outcome: string }
  | RestrictionChange
  | AnnouncementChange
  | RecurringChange
  | ShipmentChange
  | CheckResultChange
  | AutomaticChange;

export type CommitResult = 'committed' | 'already-committed' | 'conflict';

/** Something that came from Slack, kept before it is acknowledged so that an acknowledged click survives a crash. */
export type Arrival = {
  /** Envelope id, trigger id or message and action time: the same arrival has the same id. */
  id: string;
  kind: string;
  payload: Json;
  receivedAt: number;
  /** How often it was begun, counting this time; 0 when it was never begun. */
  attempts: number;
};

/** A message Forge wants in Slack, and how far that is. Deployment messages and thread lines are rows of this kind. */
export type Post = {
  /**
   * `142` is deployment 142's message; `142/7` the thread line of its event 7; `142/7/U1` what that event asks U1 in a direct
   * message. Also Slack's message metadata.
   */
  id: string;
  deployment: number;
  /** Version of the event this line tells; 0 for the deployment's message. */
  event: number;
  /**
   * Of direct messages: `pending` with a `ts` stands in Slack and says what is over by now; `closed` has been edited for the
   * last time.
   */
  state: 'pending' | 'sending' | 'sent' | 'closed' | 'dropped';
  channel: string;
  ts?: string;
  attempts: number;
  /** Not before, in milliseconds since the epoch. */
  notBefore: number;
  /** What went wrong last, or why it was dropped. */
  problem?: string;
};

export type LateMessages = { count: number; since: number };

export type Store = {
  /**
   * Writes every change or none, in one transaction.
   * - `already-committed`: an append's cause was recorded, or an arrival finished, before; nothing was written now.
   * - `conflict`: a version was not as expected, or another deployment with effects holds the service; nothing was written.
   */
  commit(changes: readonly Change[]): Promise<CommitResult>;

  /** The number the next deployment would get; claim it by appending with `expect: 0`. */
  nextNumber(): Promise<number>;
  deployment(number: number): Promise<Deployment | undefined>;
  events(number: number): Promise<RecordedEvent[]>;
  /** Not finished, oldest first. */
  unfinished(filter?: { service?: string; environment?: string }): Promise<Deployment[]>;
  /** Succeeded there, newest first. */
  succeeded(place: { service: string; environment: string; limit: number }): Promise<Deployment[]>;
  /** Newest first. `before` is a deployment number. */
  history(filter: {
    service?: string;
    environment?: string;
    before?: number;
    limit: number;
  }): Promise<Deployment[]>;

  /** What Forge last wanted of a target's traffic; undefined: it never moved any. */
  traffic(target: Target): Promise<TrafficRecord | undefined>;

  /** Keeps arrivals, grouped into one commit with others of the same tick. False: it was here before. */
  keepArrival(arrival: Pick<Arrival, 'id' | 'kind' | 'payload'>): Promise<boolean>;
  /** Marks one as begun and counts the attempt. Undefined when it is finished already. */
  beginArrival(id: string): Promise<Arrival | undefined>;
  /** Ends it with a word for the record; idempotent. */
  finishArrival(id: string, outcome: string): Promise<void>;
  /** Kept but not finished, oldest first: what a restart takes up again. */
  openArrivals(): Promise<Arrival[]>;
  /** Who has opened their App Home since that time; milliseconds since the epoch. */
  openedHome(since: number): Promise<string[]>;
  /** Forgets at most `limit` that were finished before that time. Returns how many. */
  purgeArrivals(finished: { before: number; limit: number }): Promise<number>;

  /** Deployments whose message or thread lag behind their events, or whose message is due for a refresh, with their latest event's version. */
  deploymentsToPublish(now: number): Promise<{ number: number; version: number }[]>;
  /** Ended deployments whose message does not show all that happened: how many, and since when the first waits (milliseconds since the epoch). */
  lateMessages(): Promise<LateMessages | undefined>;
  posts(deployment: number): Promise<Post[]>;
  /** Inserts posts that do not exist yet; idempotent by id. */
  addPosts(posts: readonly Pick<Post, 'id' | 'deployment' | 'event' | 'channel'>[]): Promise<void>;
  updatePost(id: string, change: Partial<Omit<Post, 'id' | 'deployment' | 'event'>>): Promise<void>;
  /** Records that the message shows `version`, and when it wants to be rendered again (undefined: only after an event). */
  markPublished(deployment: number, shown: { version: number; refreshAt?: number }): Promise<void>;
} & Restrictions &
  Announcements &
  Recurrings &
  DeploymentRecords &
  CheckResults &
  Shipments &
  Automatics;

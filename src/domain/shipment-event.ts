import { z } from 'zod';
import type { Actor } from './actor.ts';
import { More } from './check.ts';

const Names = z.array(z.string());

/** What GitHub says of a pull request at one moment. All of it is foreign text. */
export const Standing = z.strictObject({
  /** The commit it is about. */
  head: z.string(),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      state: z.enum(['passed', 'waiting', 'failed', 'ignored']),
      url: z.string().optional(),
    }),
  ),
  /** Logins of those who approved exactly this commit and whose word counts. */
  approvedBy: Names,
  /** Logins of those who want it changed. */
  changesWantedBy: Names,
  /** What still stands in the way of a merge, in sentences. Empty: it may be merged. */
  lacks: Names,
  /** Of those, what somebody has to do something about: nothing but waiting does not help. */
  needs: Names,
});
export type Standing = z.infer<typeof Standing>;

const head = z.string();
const says = z.string();

/** What happens to a branch on its way to what runs. */
export const ShipmentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('requested'),
    service: z.string(),
    repository: z.string(),
    branch: z.string(),
    /** The branch it goes into. */
    base: z.string(),
    /** Where it is deployed once it is merged. Absent: nowhere. */
    environment: z.string().optional(),
    /** Slack channel of its message. */
    channel: z.string(),
    head,
    /** The deployment whose change it takes back. */
    reverts: z.int().optional(),
  }),
  /** The branch has another commit: whatever was known of the one before counts no more. `isForced`: that one is not part of it. */
  z.strictObject({ type: z.literal('head-moved'), head, isForced: z.boolean() }),
  z.strictObject({ type: z.literal('check-started'), check: z.string() }),
  z.strictObject({ type: z.literal('check-waiting'), check: z.string(), says, more: More.optional() }),
  z.strictObject({ type: z.literal('check-passed'), check: z.string(), says }),
  z.strictObject({
    type: z.literal('check-failed'),
    check: z.string(),
    says,
    /** The last lines it printed. */
    tail: z.array(z.string()).optional(),
    more: More.optional(),
  }),
  z.strictObject({ type: z.literal('checked') }),
  /** Forge cannot go on: a sentence that says what somebody has to do. */
  z.strictObject({ type: z.literal('blocked'), reason: z.string() }),
  z.strictObject({ type: z.literal('retried') }),
  z.strictObject({
    type: z.literal('opened'),
    number: z.int(),
    url: z.string(),
    title: z.string(),
    /** What did not work out beside it, such as asking somebody for a review; in sentences. */
    notes: Names,
  }),
  z.strictObject({ type: z.literal('seen'), standing: Standing }),
  /** Forge’s part of the description is to be this one; a digest. `refused`: why GitHub did not take it, a sentence. */
  z.strictObject({ type: z.literal('described'), digest: z.string(), refused: z.string().optional() }),
  /** What it waits for at the moment, such as GitHub that does not answer: it goes on by itself once that is over. */
  z.strictObject({
    type: z.literal('troubled'),
    reason: z.string(),
    /** It is only over once somebody has mended something, such as a permission. */
    needsSomebody: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal('trouble-over') }),
  /** Its run was lost, and Forge goes on by itself in another one. Without a reason: people know already. `detail`: for engineers. */
  z.strictObject({
    type: z.literal('continued'),
    run: z.string(),
    reason: z.string().optional(),
    detail: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('merge-asked'), head }),
  z.strictObject({ type: z.literal('merge-refused'), reason: z.string() }),
  z.strictObject({
    type: z.literal('merged'),
    commit: z.string(),
    /** Login of whoever merged it on GitHub. Absent: Forge did. */
    byHand: z.string().optional(),
  }),
  /** `isByItself`: a trigger of the environment asked for it, not this. */
  z.strictObject({ type: z.literal('deployed'), deployment: z.int(), isByItself: z.boolean() }),
  z.strictObject({ type: z.literal('not-deployed'), reason: z.string() }),
  z.strictObject({ type: z.literal('finished') }),
  z.strictObject({ type: z.literal('closed') }),
  z.strictObject({ type: z.literal('branch-gone') }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({ type: z.literal('refused'), reason: z.string() }),
  z.strictObject({ type: z.literal('expired') }),
]);
export type ShipmentEvent = z.infer<typeof ShipmentEvent>;

/** An event as it is kept. */
export type RecordedShipmentEvent = {
  /** `S12`. */
  shipment: string;
  /** 1, 2, 3 … within the shipment. */
  version: number;
  /** Milliseconds since the epoch. */
  at: number;
  by: Actor;
  /** The reason a person gave, as typed. */
  why?: string;
  event: ShipmentEvent;
};

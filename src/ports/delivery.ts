import { z } from 'zod';

/** Kinds of arrivals that come from the code host; see `Arrival`. */
export const DELIVERY_KIND = 'delivery';
/** What was said, whatever it was delivered as: the same said twice is dealt with once. */
export const SAID_KIND = 'delivery-said';

/** Whether an arrival is no business of whoever deals with what people do in Slack. */
export function isDelivery({ kind }: { kind: string }): boolean {
  return kind === DELIVERY_KIND || kind === SAID_KIND;
}

/** What Forge keeps of a push that the code host told of. Plain JSON; all of it foreign text. */
export const PushDelivery = z.strictObject({
  event: z.literal('push'),
  repository: z.string(),
  ref: z.string(),
  /** 40 hexadecimal digits each; zeros: there is none. */
  before: z.string(),
  after: z.string(),
  /** Of what `after` is: a tag may be an object of its own. */
  commit: z.string(),
  login: z.string().optional(),
  email: z.string().optional(),
  /** Id of the arrival that keeps what was said. */
  said: z.string(),
});
export type PushDelivery = z.infer<typeof PushDelivery>;

/** What else the code host tells of: checks, reviews, pull requests and runs, by the names of its events. */
export const NewsEvent = z.enum([
  'check_run',
  'check_suite',
  'status',
  'pull_request',
  'pull_request_review',
  'workflow_run',
]);
export type NewsEvent = z.infer<typeof NewsEvent>;

/**
 * What Forge keeps of such news: where there is something to see, and nothing of what it is, for that is read from the code host.
 * Plain JSON; all of it foreign text.
 */
export const NewsDelivery = z.strictObject({
  event: NewsEvent,
  repository: z.string(),
  branches: z.array(z.string()),
  /** 40 hexadecimal digits each. */
  commits: z.array(z.string()),
  /** Id of the arrival that keeps what was said. */
  said: z.string(),
});
export type NewsDelivery = z.infer<typeof NewsDelivery>;

export const Delivery = z.discriminatedUnion('event', [PushDelivery, NewsDelivery]);
export type Delivery = z.infer<typeof Delivery>;

/** What Forge does with what the code host delivers. Asked with a signature that was verified. */
export type DeliveryDesk = {
  /** Whether anything waits for such news now: what nobody waits for need not be kept. */
  isAwaited(news: NewsDelivery): Promise<boolean>;
  /** Resolves when it is kept for good. False: it was here before, under this id or another, and nothing is done. */
  keep(delivery: { id: string; told: Delivery }): Promise<boolean>;
  /** Does what was kept. Called once for every delivery that was kept, after the code host was told. */
  process(id: string): Promise<void>;
};

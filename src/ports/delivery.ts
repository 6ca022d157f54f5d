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

/** What Forge does with what the code host delivers. Asked with a signature that was verified. */
export type DeliveryDesk = {
  /** Resolves when it is kept for good. False: it was here before, under this id or another, and nothing is done. */
  keep(delivery: { id: string; push: PushDelivery }): Promise<boolean>;
  /** Does what was kept. Called once for every delivery that was kept, after the code host was told. */
  process(id: string): Promise<void>;
};

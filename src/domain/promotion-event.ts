import { z } from 'zod';

const step = z.string();
const region = z.string();

/** Why a deployment that is under way does not begin, or go on, in a region. */
export const RegionWait = z.strictObject({
  region,
  for: z.enum(['window', 'freeze', 'lock', 'consent']),
  /** A sentence that names people as `<@U1>`. */
  why: z.string(),
  /** Milliseconds since the epoch; absent: nobody knows. */
  until: z.int().optional(),
});
export type RegionWait = z.infer<typeof RegionWait>;

/** What keeps it from going on to the next weight or region, and lets it. Part of `DeploymentEvent`. */
export const PromotionEvent = z.discriminatedUnion('type', [
  /** A person stopped promotion; gates, probe and dead-man switch go on. */
  z.strictObject({ type: z.literal('paused') }),
  /** Promotion goes on; the bake begins again. */
  z.strictObject({ type: z.literal('unpaused') }),
  /** A person ends the bake of this step early. */
  z.strictObject({ type: z.literal('skipped'), step }),
  /** A person lets it go on after the bake of this step. */
  z.strictObject({ type: z.literal('approved'), step }),
  /** Its time there is not yet, or over for now: it goes on by itself when it may. The newest one counts. */
  RegionWait.extend({ type: z.literal('region-waiting') }),
  /** What it waited for there is over. */
  z.strictObject({ type: z.literal('region-goes-on'), region }),
]);
export type PromotionEvent = z.infer<typeof PromotionEvent>;

import { z } from 'zod';
import { Colour } from './release.ts';
import { ShownGate } from './shown-gate.ts';
import { Split } from './traffic.ts';

const step = z.string();
const region = z.string();

/** Where the traffic of a region is, and what watches over it there. Part of `DeploymentEvent`. */
export const TrafficEvent = z.discriminatedUnion('type', [
  /** Traffic is about to be moved: from here on `split` is Forge's own. */
  z.strictObject({
    type: z.literal('traffic-intended'),
    region,
    split: Split,
    /** What the load balancer said before. */
    before: Split,
    generation: z.int(),
  }),
  /** The load balancer was read back and says so. */
  z.strictObject({
    type: z.literal('traffic-confirmed'),
    region,
    split: Split,
    generation: z.int(),
    /** Since the click or the decision, in milliseconds; where traffic was moved back. */
    took: z.int().optional(),
  }),
  /** What the gates of a region said at the last look; each look replaces the one before. */
  z.strictObject({
    type: z.literal('gates-read'),
    region,
    step,
    gates: z.array(ShownGate),
    /** Why promotion waits though nobody paused it, for people. */
    waits: z.string().optional(),
  }),
  /** If Forge falls silent for `after` milliseconds, traffic returns to `to` by itself. */
  z.strictObject({ type: z.literal('switch-armed'), region, to: Colour, after: z.int() }),
  /** It is not armed, and why; people or policy decide whether to go on. */
  z.strictObject({ type: z.literal('switch-not-armed'), region, reason: z.string() }),
  /** Read back: the switch is gone. */
  z.strictObject({ type: z.literal('switch-disarmed'), region }),
  /** Forge was silent for too long and the switch moved traffic back. */
  z.strictObject({ type: z.literal('switch-fired'), region, to: Colour }),
  /** The colour that was live before stays warm until then (milliseconds since the epoch). */
  z.strictObject({
    type: z.literal('standby-kept'),
    region,
    on: Colour,
    until: z.int(),
    desired: z.int(),
  }),
  /** Rolling back now takes as long as starting does. */
  z.strictObject({ type: z.literal('standby-ended'), region, reason: z.string().optional() }),
]);
export type TrafficEvent = z.infer<typeof TrafficEvent>;

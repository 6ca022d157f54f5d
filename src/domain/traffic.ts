import { z } from 'zod';
import type { Colour } from './release.ts';

/** Percent of requests that go to each colour; the sum is 100. */
export const Split = z
  .strictObject({ blue: z.int().min(0).max(100), green: z.int().min(0).max(100) })
  .refine(({ blue, green }) => blue + green === 100, { error: 'the sum must be 100' });
export type Split = z.infer<typeof Split>;

/**
 * What Forge last wanted of a target's traffic, across deployments. `split` counts as Forge's own from the moment it is
 * intended; until it is confirmed so does `before`, for nobody knows which of the two a crash left.
 */
export type TrafficRecord = {
  /** Goes up with every intent: who intends on an older one is too late. */
  generation: number;
  split: Split;
  /** What was there when it was intended. */
  before: Split;
  /** Where the dead-man switch moves traffic without asking. */
  safe?: Split;
  deployment: number;
  /** Milliseconds since the epoch. */
  intendedAt: number;
  /** When it was read back from the load balancer. Absent: not yet. */
  confirmedAt?: number;
};

export function otherColour(colour: Colour): Colour {
  return colour === 'blue' ? 'green' : 'blue';
}

/** `weight` percent to one colour, the rest to the other. */
export function splitTo(colour: Colour, weight: number): Split {
  return colour === 'blue' ? { blue: weight, green: 100 - weight } : { blue: 100 - weight, green: weight };
}

export function isSameSplit(one: Split, other: Split): boolean {
  return one.blue === other.blue && one.green === other.green;
}

/** The colour that takes every request; undefined while both take some. */
export function soleColour({ blue, green }: Split): Colour | undefined {
  if (green === 0) return 'blue';
  return blue === 0 ? 'green' : undefined;
}

import type { Colour } from './release.ts';
import { otherColour, type Split } from './traffic.ts';

/** Where traffic is to go when it is wanted back on one colour. */
export type WhereTo =
  /** All of it to the colour that is wanted. */
  | { kind: 'go' }
  /** The colour wanted is healthy, but smaller than it must be to take everything: more tasks first. */
  | { kind: 'scale-first' }
  /** The colour wanted is not whole: all of it to this one, which has more healthy targets, and a person is called. */
  | { kind: 'larger'; colour: Colour }
  /** The colour wanted has no healthy target and nothing is better than what is: traffic stays, and a person is called. */
  | { kind: 'stay' };

export type Choice = {
  wanted: Colour;
  /** Targets that are healthy behind each colour. */
  healthy: Record<Colour, number>;
  /** Targets that a colour must have healthy to take all traffic. */
  needs: number;
  /** What the load balancer says now; absent where its rules disagree. */
  split?: Split;
};

/**
 * Decides by target health alone. Traffic never goes to a colour without a healthy target. A colour that takes most of the
 * traffic already is not made to wait until it is whole: what the rest adds is less than what it carries.
 */
export function whereTo({ wanted, healthy, needs, split }: Choice): WhereTo {
  const other = otherColour(wanted);
  if (healthy[wanted] === 0) {
    // What still goes to a dead colour is lost: even a release that is to be taken back answers more than that.
    const isAllOnOther = split !== undefined && split[wanted] === 0;
    return healthy[other] === 0 || isAllOnOther ? { kind: 'stay' } : { kind: 'larger', colour: other };
  }
  if (healthy[wanted] >= needs) return { kind: 'go' };
  if (split !== undefined && split[wanted] >= 50) return { kind: 'go' };
  if (healthy[other] >= needs) return { kind: 'scale-first' };
  return { kind: 'larger', colour: healthy[other] > healthy[wanted] ? other : wanted };
}

/** Targets a colour must have healthy before it gets everything back: one that is just being replaced holds up no return. */
export function enoughOf(desired: number): number {
  return Math.max(1, Math.ceil(desired * 0.75));
}

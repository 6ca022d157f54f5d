import type { Point } from './crash-points.ts';

/** Comes to be more often than this where something is looked at again and again. */
const EACH = 3;

/**
 * The points to die at: every one that an undisturbed run has passed. Where one label comes again and again, the first, the
 * second and one in the middle stand for it.
 */
export function sweptPoints(passed: readonly Point[]): Point[] {
  const most = new Map<string, number>();
  for (const point of passed) most.set(keyOf(point), Math.max(point.nth, most.get(keyOf(point)) ?? 0));
  return passed.filter((point) => {
    const times = most.get(keyOf(point)) ?? 0;
    return times <= EACH || [1, 2, Math.ceil(times / 2)].includes(point.nth);
  });
}

export function nameOf({ label, side, nth }: Point): string {
  return `${side} ${label}${nth === 1 ? '' : ` (${nth})`}`;
}

/** Kinds of points, for the table. */
export const KINDS = ['effect', 'look', 'journal', 'event', 'other record', 'message'] as const;
export type PointKind = (typeof KINDS)[number];

const EFFECTS =
  /^(?:platform\.(?:start|restore|setTraffic|scale|autoscaling)|switch\.(?:arm|extend|disarm)|driver\.(?:set|delete)|signal\.done)$/u;

export function kindOf({ label }: Point): PointKind {
  if (EFFECTS.test(label)) return 'effect';
  if (/^(?:chat\.|post |message )/u.test(label)) return 'message';
  if (label.startsWith('journal ')) return 'journal';
  if (label.startsWith('event ')) return 'event';
  return /^(?:platform|switch|metrics|releases|driver)\.|^probe$/u.test(label) ? 'look' : 'other record';
}

function keyOf({ label, side }: Point): string {
  return `${side} ${label}`;
}

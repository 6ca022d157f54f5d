import type { Measurements } from './measurements.ts';

/** Few connections may be a quiet hour: whether probe or target health speak against the new colour itself. */
export function isDoubtful({ targets, unread, probe = [] }: Measurements): boolean {
  const isUnhealthy = unread?.targets === undefined && targets.next.healthy < targets.next.wanted;
  const newest = probe.at(-1);
  return isUnhealthy || (newest !== undefined && !newest.next && newest.live);
}

import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Recurring } from '../src/domain/recurring.ts';
import { context, header } from './blocks.ts';
import { recurringEntry, scheduledEntry } from './schedules.ts';

/** Each has two blocks. */
const MOST_LISTED = 4;

/** What one person has scheduled, the next first, then what recurs, with buttons to change or cancel it. */
export function scheduleBlocks({
  scheduled,
  recurring,
  titleOf,
}: {
  scheduled: readonly Deployment[];
  recurring: readonly Recurring[];
  titleOf: (service: string) => string;
}): KnownBlock[] {
  const sorted = scheduled.toSorted((one, other) => (one.startAt ?? 0) - (other.startAt ?? 0));
  const entries = [
    ...sorted.map((one) => scheduledEntry(one, titleOf(one.service))),
    ...recurring.map(recurringEntry),
  ];
  if (entries.length === 0) return [];
  const more = entries.length - MOST_LISTED;
  return [
    header('Your schedules'),
    ...entries.slice(0, MOST_LISTED).flat(),
    ...(more > 0 ? [context(`${more} more: \`/forge schedules\` shows them.`)] : []),
  ];
}

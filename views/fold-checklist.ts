import type { ChecklistItem, ItemState } from './checklist-item.ts';
import { LIMITS } from './limits.ts';

/** An item, and the region whose plan it is part of, where it may be folded with the others of that region. */
export type RegionItem = ChecklistItem & { region?: string };

/**
 * Slack's plan takes at most so many tasks: finished regions are folded to one line each, then regions that come later,
 * then whatever is done, and if need be what is still far off.
 */
export function folded(all: readonly RegionItem[]): ChecklistItem[] {
  return withoutFarOff(withoutDone(withFoldedRegions(withFoldedRegions(all, 'done'), 'to-do'))).map(
    ({ region: _forFolding, ...item }) => item,
  );
}

function isTooLong(items: readonly unknown[]): boolean {
  return items.length > LIMITS.planTasks;
}

/** What is done the first regions first, what is to do the last regions first: the nearest stay. */
function withFoldedRegions(all: readonly RegionItem[], state: 'done' | 'to-do'): readonly RegionItem[] {
  const regions = [...new Set(all.flatMap(({ region }) => region ?? []))];
  const inOrder = state === 'done' ? regions : regions.toReversed();
  if (regions.length < 2) return all;
  let items = all;
  for (const region of inOrder) if (isTooLong(items)) items = withFoldedRegion(items, region, state);
  return items;
}

function withFoldedRegion(
  items: readonly RegionItem[],
  region: string,
  state: 'done' | 'to-do',
): readonly RegionItem[] {
  const own = items.filter((item) => item.region === region);
  const [first] = own;
  const isAlike = own.every((item) => item.state === state);
  if (first === undefined || own.length < 2 || !isAlike) return items;
  const line: RegionItem = {
    id: `region/${region}`,
    title: `${region}, ${own.length} steps`,
    state,
    region,
  };
  return items.flatMap((item) => {
    if (item === first) return [line];
    return own.includes(item) ? [] : [item];
  });
}

function withoutDone(items: readonly RegionItem[]): readonly RegionItem[] {
  if (!isTooLong(items)) return items;
  const done = items.filter(({ state }) => state === 'done').slice(0, items.length - LIMITS.planTasks + 1);
  if (done.length < 2) return items;
  const line: RegionItem = { id: 'done', title: `${done.length} steps`, state: 'done' };
  return [line, ...items.filter((one) => !done.includes(one))];
}

function withoutFarOff(items: readonly RegionItem[]): readonly RegionItem[] {
  if (!isTooLong(items)) return items;
  const tooMany = items.length - LIMITS.planTasks;
  const far = items.filter(({ state }) => isFar(state)).slice(-tooMany - 1);
  const [first] = far;
  if (first === undefined) return items.slice(0, LIMITS.planTasks);
  const line: RegionItem = { id: 'far-off', title: `${far.length} more steps`, state: first.state };
  return items
    .map((one) => (one === first ? line : one))
    .filter((one) => !far.includes(one))
    .slice(0, LIMITS.planTasks);
}

function isFar(state: ItemState): boolean {
  return state === 'to-do' || state === 'not-done';
}

import { CLEARLY_WORSE_THAN_BEFORE, CLEARLY_WORSE_THAN_LIVE } from './floors.ts';

/** `below`: the limit itself is too much. `at-most`: it is not. */
export type Limit = { readonly limit: number; readonly bound: 'below' | 'at-most' };

/** What a value is compared with; absent where there is too little of it to compare. */
export type Comparison = {
  /** The other colour, in the same buckets. */
  readonly live?: number | undefined;
  /** The colour that was live, in the minutes before the first shift. */
  readonly before?: number | undefined;
};

/**
 * `no-worse`: over the limit, as it was before the first shift. `shared`: the other colour is over it as well, and the new one
 * is not clearly worse. `near`: over it, and the other colour is nearly there. `over`: over it, and by its own doing.
 */
export type Standing = 'within' | 'no-worse' | 'shared' | 'near' | 'over';

export function standingOf(value: number, limit: Limit, { live, before }: Comparison): Standing {
  if (!isOver(value, limit)) return 'within';
  if (before !== undefined && isOver(before, limit) && value <= before * CLEARLY_WORSE_THAN_BEFORE) {
    return 'no-worse';
  }
  if (live === undefined || value > live * CLEARLY_WORSE_THAN_LIVE) return 'over';
  return isOver(live, limit) ? 'shared' : 'near';
}

function isOver(value: number, { limit, bound }: Limit): boolean {
  return bound === 'below' ? value >= limit : value > limit;
}

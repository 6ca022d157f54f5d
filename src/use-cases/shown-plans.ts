import type { Plan } from '../domain/plan.ts';

/** A plan older than this is made anew: what is live may have changed. Milliseconds. */
const FRESH = 10 * 60_000;
const MOST = 200;

/** `emergency`: what the same confirmation means with the box for an emergency ticked. */
type Shown = { plan: Plan; emergency?: Plan };

/**
 * Plans that people are looking at, by digest. What a digest stands for never changes, so they need no owner. Times are
 * milliseconds since the epoch.
 */
export type ShownPlans = {
  /** Keeps a plan that a person is asked to confirm, so that to confirm it needs no question to AWS. */
  keep(plans: Shown, now: number): void;
  /** What was shown under this digest, while it is fresh. */
  find(digest: string | undefined, now: number): Shown | undefined;
};

/** The newest 200, in memory: one that is lost is made anew. */
export function createShownPlans(): ShownPlans {
  const shown = new Map<string, Shown & { at: number }>();
  return {
    keep(plans, now) {
      const { digest: of } = plans.plan;
      shown.delete(of);
      shown.set(of, { ...plans, at: now });
      for (const digest of shown.keys()) {
        if (shown.size <= MOST) return;
        shown.delete(digest);
      }
    },
    find(digest, now) {
      const found = digest === undefined ? undefined : shown.get(digest);
      return found !== undefined && now - found.at < FRESH && now >= found.at ? found : undefined;
    },
  };
}

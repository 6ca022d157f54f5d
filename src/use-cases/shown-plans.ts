import type { Plan } from '../domain/plan.ts';

/** A plan older than this is made anew: what is live may have changed. Milliseconds. */
const FRESH = 10 * 60_000;
const MOST = 200;

/** `emergency`: what the same confirmation means with the box for an emergency ticked. */
type Shown = { plan: Plan; emergency?: Plan };

/** Plans that people are looking at, by digest. What a digest stands for never changes, so they need no owner. */
const shown = new Map<string, Shown & { at: number }>();

/** Keeps a plan that a person is asked to confirm, so that to confirm it needs no question to AWS. */
export function keepShown(plans: Shown, now: number): void {
  const { digest: of } = plans.plan;
  shown.delete(of);
  shown.set(of, { ...plans, at: now });
  for (const digest of shown.keys()) {
    if (shown.size <= MOST) return;
    shown.delete(digest);
  }
}

/** What was shown under this digest, while it is fresh. */
export function plansShown(digest: string | undefined, now: number): Shown | undefined {
  const found = digest === undefined ? undefined : shown.get(digest);
  return found !== undefined && now - found.at < FRESH && now >= found.at ? found : undefined;
}

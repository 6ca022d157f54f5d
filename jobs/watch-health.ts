import type { Place, Target } from '../src/domain/release.ts';
import type { Health } from '../src/ports/platform.ts';
import type { World } from './world.ts';

/** One look at a revision: what was seen, and when (milliseconds since the epoch). */
export type HealthSeen = { health: Health; at: number };

/**
 * Looks at a revision until it is healthy or failed, until its progress differs from `known`, or until the longest
 * observation is over, so that a person sees progress at once and the journal stays short. Errors as `Platform.health`.
 */
export async function watchHealth(
  request: { target: Target; on: Place; revision: string; known: Health | undefined },
  { platform, clock, policy }: World,
  signal: AbortSignal,
): Promise<HealthSeen> {
  const { target, on, revision, known } = request;
  const until = clock.now() + policy.timing.observe;
  for (;;) {
    const health = await platform.health(target, { on, revision }, { signal });
    const at = clock.now();
    const isNews = health.kind !== 'starting' || !isSameProgress(health, known);
    if (isNews || at >= until) return { health, at };
    await clock.sleep(policy.timing.poll, signal);
  }
}

function isSameProgress(health: Extract<Health, { kind: 'starting' }>, known: Health | undefined): boolean {
  if (known?.kind !== 'starting') return false;
  return health.healthy === known.healthy && health.of === known.of && health.note === known.note;
}

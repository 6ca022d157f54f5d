import { z } from 'zod';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Change } from '../src/ports/store.ts';
import { byReconcile } from './by-reconcile.ts';
import type { Engine, RunView } from './engine/engine.ts';
import { lostReason } from './go-on.ts';
import { partsToPutBack } from './parts-to-put-back.ts';
import type { RestoreRegionInput } from './restore-region.ts';
import { worksOn } from './runs-of.ts';
import type { World } from './world.ts';

/** A run in place of lost ones of its region begins at most this much later. Milliseconds. */
const LONGEST_PAUSE = 5 * 60_000;

/**
 * Puts a region back in a run of its own when the one it had was lost while another region still goes on: the whole, which
 * would begin it again, waits for that other, and AWS may be silent there for hours.
 */
export async function restoreAnew(
  deployment: Deployment,
  alive: readonly RunView[],
  { engine, world }: { engine: Engine; world: World },
): Promise<Change[]> {
  const { number, version, phase } = deployment;
  const busy = alive.flatMap(regionsOf);
  if (phase.kind !== 'rolling-back' || busy.length === 0) return [];
  const left = partsToPutBack(deployment, { isUnwatched: true, policy: world.policy });
  const next = left.find(({ part }) => !busy.includes(part.target.region));
  if (next === undefined) return [];
  const { region } = next.part.target;
  const ended = await engine.list({ statuses: ['stuck', 'failed', 'aborted'] });
  const lost = ended.filter((run) => worksOn(number, run) && regionsOf(run).includes(region));
  const { startWithin } = world.policy.timing;
  const input: RestoreRegionInput = { deployment: number, ...next, startWithin };
  const pause = lost.length < 2 ? 0 : Math.min(LONGEST_PAUSE, 1000 * 4 ** (lost.length - 1));
  const blocked = { type: 'restore-blocked', region, reason: lostReason(lost.slice(-1)) } as const;
  return [
    { kind: 'append', deployment: number, expect: version, events: [blocked], ...byReconcile(deployment) },
    {
      kind: 'start-run',
      ...{ id: `put-back/${number}/${region}/${lost.length}`, job: 'restore-region', input },
      at: world.clock.now() + pause,
    },
  ];
}

const OfARegion = z.object({ part: z.object({ target: z.object({ region: z.string() }) }) });

function regionsOf({ job, input }: RunView): string[] {
  const parsed = job === 'restore-region' ? OfARegion.safeParse(input) : undefined;
  return parsed?.success === true ? [parsed.data.part.target.region] : [];
}

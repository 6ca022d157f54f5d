import type { DataPlane } from './data-plane/data-plane.ts';
import type { Readings } from './data-plane/messages.ts';
import type { LiveProbe } from './live-probe.ts';
import { type Known, liveSeconds, loadBalancerOf, urlOf } from './service-states.ts';
import type { World } from './world.ts';

/** Readings with fresh probes for every listener that nobody else asked lately. */
export async function liveReadings(
  known: readonly Known[],
  sources: { world: World; dataPlane: DataPlane; probe: LiveProbe },
): Promise<Readings> {
  const since = Math.floor(Date.now() / 1_000) - liveSeconds;
  const readings = await sources.dataPlane.read(since);
  const idle = known.flatMap((one) => {
    const loadBalancer = loadBalancerOf(one, sources.world);
    if (loadBalancer === undefined) return [];
    const isAsked = readings.buckets.some(
      ({ listener, isPreview }) => listener === loadBalancer.listener && !isPreview,
    );
    const hasColours = one.members.some(({ seed }) => seed.colour !== 'only');
    return isAsked ? [] : [{ url: urlOf(loadBalancer, sources.world), hasColours }];
  });
  if (idle.length === 0) return readings;
  await Promise.all(idle.map(({ url, hasColours }) => sources.probe.ask(url, { hasColours })));
  return await sources.dataPlane.read(since);
}

import { aRegion } from '../../builders.ts';
import { FakePlatform } from '../../fakes/platform.ts';
import type { Place } from './places.ts';

/** A platform on which each release becomes healthy at its time, milliseconds since the epoch. */
export function scheduledPlatform(places: readonly Place[], endsAt: readonly number[]): FakePlatform {
  const ends = new Map(places.map((place, index) => [keyOf(place), endsAt[index] ?? 0]));
  const platform = new FakePlatform();
  platform.behave('v1.1.0', { kind: 'healthy', looks: 0 });
  for (const { service, environment } of places) {
    const digest = `sha256:${'0'.repeat(64)}`;
    platform.give({ service, environment, region: aRegion }, { version: 'v1.0.0', digest });
  }
  const health = platform.health.bind(platform);
  platform.health = async (target, request, options) => {
    if (Date.now() < (ends.get(keyOf(target)) ?? 0)) return { kind: 'starting', healthy: 1, of: 2 };
    return health(target, request, options);
  };
  return platform;
}

function keyOf({ service, environment }: Pick<Place, 'service' | 'environment'>): string {
  return `${service} ${environment}`;
}

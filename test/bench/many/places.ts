import type { Channel } from '../../../sandbox/slack/seed.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { anEnvironmentPolicy, aPolicy, aRegion, aRun, aServicePolicy, aTiming } from '../../builders.ts';

/** A service in an environment: one deployment at a time. */
export type Place = { service: string; environment: string; channel: string };

const CHANNELS = 8;
export const PEOPLE = ['U0MAYA', 'U0JONAS', 'U0PRIYA', 'U0SAM', 'U0LENA', 'U0RAVI', 'U0DANA', 'U0ELENA'];

/** So many places, spread over eight environments with a channel each; neighbours in the list are in different channels. */
export function placesFor(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => ({
    service: `service-${Math.floor(index / CHANNELS) + 1}`,
    environment: `staging-${(index % CHANNELS) + 1}`,
    channel: channelId((index % CHANNELS) + 1),
  }));
}

/** The channels as Slack has them, with everybody and Forge in them. */
export function channels(): Channel[] {
  return Array.from({ length: CHANNELS }, (_, index) => ({
    id: channelId(index + 1),
    name: `deploys-${index + 1}`,
    archived: false,
    members: [...PEOPLE, 'U0FORGE'],
  }));
}

export function policyFor(places: readonly Place[]): Policy {
  const services = [...new Set(places.map(({ service }) => service))];
  const environments = [...new Map(places.map((place) => [place.environment, place])).values()];
  return aPolicy({
    services: services.map((name) => aServicePolicy({ name, title: name, runs: runsOf(name, places) })),
    environments: environments.map(({ environment: name, channel }) =>
      anEnvironmentPolicy({ name, channel, regions: [aRegion] }),
    ),
    // Forge looks often, so that an end is known when it is there; everything else is as in production.
    timing: aTiming({ poll: 1_000, startWithin: 3_600_000 }),
  });
}

function runsOf(name: string, places: readonly Place[]) {
  const own = places.filter(({ service }) => service === name);
  return Object.fromEntries(own.map(({ environment }) => [environment, [aRun({ service: name })]]));
}

function channelId(number: number): string {
  return `C0MANY${number}`;
}

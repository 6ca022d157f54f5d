import type { Deployment, TrafficState } from '../src/domain/deployment.ts';
import type { Colour, Place } from '../src/domain/release.ts';
import { otherColour, type Split } from '../src/domain/traffic.ts';
import { newVersion, shownVersion } from './deployment-words.ts';

/** The two releases of a region in colours as a deployment found them, versions in plain text. */
export type Sides = {
  /** The colour that took the traffic when it was planned. */
  old: { colour: Colour; version: string };
  /** The colour the deployment gives the traffic to. */
  next: { colour: Colour; version: string };
};

/** Undefined where the service has no colours in the region. */
export function sidesOf(deployment: Deployment, region: string): Sides | undefined {
  const live = deployment.plan.from[region];
  const colour = live === undefined ? undefined : asColour(live.place);
  if (live === undefined || colour === undefined) return undefined;
  return {
    old: { colour, version: shownVersion(live.version) },
    next: { colour: otherColour(colour), version: newVersion(deployment) },
  };
}

function asColour(place: Place): Colour | undefined {
  return place === 'only' ? undefined : place;
}

/** Whether the deployment moves traffic between colours anywhere. */
export function hasColours({ plan }: Deployment): boolean {
  return Object.values(plan.from).some(({ place }) => place !== 'only');
}

/** Percent of requests that go to the colour the deployment gives the traffic to. */
export function shareOfNext(split: Split, { next }: Sides): number {
  return split[next.colour];
}

/** A region whose traffic Forge has moved or is moving. */
export type Moved = { region: string; sides: Sides; traffic: TrafficState };

/** In the order of the plan. */
export function movedRegions(deployment: Deployment): Moved[] {
  return Object.keys(deployment.plan.from).flatMap((region) => {
    const sides = sidesOf(deployment, region);
    const traffic = deployment.traffic[region];
    return sides === undefined || traffic === undefined ? [] : [{ region, sides, traffic }];
  });
}

/** The release on a colour of a region, in plain text. */
export function versionOn(deployment: Deployment, region: string, colour: Colour): string {
  const sides = sidesOf(deployment, region);
  if (sides === undefined) return colour;
  return sides.old.colour === colour ? sides.old.version : sides.next.version;
}

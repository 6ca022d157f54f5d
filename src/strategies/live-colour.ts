import type { Colour, Live } from '../domain/release.ts';

/** The colour that takes the traffic of a service in colours. */
export function liveColour({ place }: Live): Colour {
  // A platform that knows of no colours where the policy has two is a fault, not something a person could mend.
  if (place === 'only') throw new Error('No colour is live on a service in colours');
  return place;
}

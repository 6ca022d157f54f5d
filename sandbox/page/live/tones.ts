import type { Service } from '../service-model.ts';
import { serviceKey } from '../service-model.ts';
import { byVersionNumber, hasColour } from './versions.ts';

const TONES = 4;

/**
 * Which tint stands for a version in the pictures of a service. Blue and green keep their names' tints; other versions
 * take the next free one when they are first seen and keep it, so that no picture changes its colours by itself.
 */
export class Tones {
  readonly #byService = new Map<string, Map<string, number>>();

  toneOf(service: Service, { version, colour }: { version: string; colour: string }): string {
    if (hasColour(colour)) return `tone-${colour}`;
    const places = this.#placesOf(service);
    return `tone-${(places.get(version) ?? 0) % TONES}`;
  }

  #placesOf(service: Service): ReadonlyMap<string, number> {
    const key = serviceKey(service);
    const places = this.#byService.get(key) ?? new Map<string, number>();
    this.#byService.set(key, places);
    for (const version of versionsOf(service)) {
      if (!places.has(version)) places.set(version, places.size);
    }
    return places;
  }
}

/** The older first, so that a page opened in the middle of a deployment has the tints of one that saw it begin. */
function versionsOf({ traffic, shares, tasks }: Service): string[] {
  const answered = traffic.flatMap(({ byVersion }) => Object.keys(byVersion));
  const known = new Set(
    [...answered, ...shares, ...tasks].map((one) => (typeof one === 'string' ? one : one.version)),
  );
  return [...known].toSorted(byVersionNumber);
}

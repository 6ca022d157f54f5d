import type { Forge } from '../src/forge.ts';
import type { ServiceStatus } from '../src/use-cases/status.ts';

/** Longer ago everything is asked again. Milliseconds. */
const OLD = 10 * 60_000;

/** What is live where, and since when that is known at least: some of it may have been asked later. Milliseconds since the epoch. */
export type LiveBoard = { statuses: readonly ServiceStatus[]; at: number };

export type Place = { service: string; environment: string };

export type LiveBoards = {
  /** Asks AWS; those who ask at the same time are one question. */
  asked(): Promise<LiveBoard>;
  /** As it was asked last, but for these places, which are asked of again: a change somewhere is no reason to ask everywhere. */
  askedAgainOf(places: readonly Place[]): Promise<LiveBoard>;
};

export function createLiveBoards({ status, now }: Pick<Forge, 'status' | 'now'>): LiveBoards {
  let known: LiveBoard | undefined;
  let asking: Promise<LiveBoard> | undefined;

  async function askAll(): Promise<LiveBoard> {
    known = { statuses: await status({}), at: now() };
    return known;
  }
  const asked = (): Promise<LiveBoard> => {
    asking ??= askAll().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    asked,
    async askedAgainOf(places) {
      if (known === undefined || now() - known.at > OLD) return asked();
      const fresh = (await Promise.all(places.map((place) => status(place)))).flat();
      const statuses = known.statuses.map((one) => fresh.find((other) => isSamePlace(one, other)) ?? one);
      known = { statuses, at: known.at };
      return known;
    },
  };
}

function isSamePlace(one: ServiceStatus, other: ServiceStatus): boolean {
  return one.service.name === other.service.name && one.environment.name === other.environment.name;
}

import type { Deployment } from '../src/domain/deployment.ts';
import { isBlocked } from '../src/domain/deployment.ts';
import type { Forge } from '../src/forge.ts';
import type { Place } from './live-board.ts';

/** What of a deployment a Home shows. */
type Seen = { place: Place; digest: string };

/** What Homes show of everything: when the digest changes, they are behind. */
export type HomeNews = { digest: string; newest: number; underWay: ReadonlyMap<number, Seen> };

/** Progress within a phase is not on a Home. */
export async function homeNews(forge: Forge): Promise<HomeNews> {
  const [all, newest, freezes, locks, recurrings, holds] = await Promise.all([
    forge.underWay(),
    forge.newest(),
    forge.freezes(),
    forge.locks(),
    forge.recurrings(),
    forge.automaticHolds(),
  ]);
  const underWay = new Map(all.map((one) => [one.number, seenOf(one)] as const));
  const now = forge.now();
  const lines = [
    `${forge.policy.version} ${newest}`,
    ...[...underWay].map(([number, { digest }]) => `${number} ${digest}`),
    ...freezes.map(({ id, from, until }) => `${id} ${until} ${from <= now}`),
    ...locks.map(({ id, version }) => `${id} ${version}`),
    ...holds.map(({ id }) => id),
    ...recurrings.map(({ id, nextAt, problem }) => `${id} ${nextAt} ${problem?.at}`),
  ];
  return { digest: lines.join('\n'), newest, underWay };
}

/** Where a deployment began, ended or went on to another phase; also one that was over before anybody looked. */
export async function changedPlaces(before: HomeNews, after: HomeNews, forge: Forge): Promise<Place[]> {
  const places: Place[] = [];
  for (const number of new Set([...before.underWay.keys(), ...after.underWay.keys()])) {
    const [old, fresh] = [before.underWay.get(number), after.underWay.get(number)];
    const place = (fresh ?? old)?.place;
    if (place !== undefined && old?.digest !== fresh?.digest) places.push(place);
  }
  for (let number = before.newest + 1; number <= after.newest; number += 1) {
    if (!after.underWay.has(number)) places.push(placeOf(await forge.deployment(number)));
  }
  return places;
}

function seenOf(deployment: Deployment): Seen {
  const { phase, approval, codeChanges, paused, abortRequestedBy, emergency, generation, startAt } =
    deployment;
  const wait = phase.kind === 'waiting' ? phase : deployment.regionWait;
  const until = wait === undefined ? '' : `${wait.for} ${wait.until} ${wait.why}`;
  const votes = `${approval?.round} ${approval?.votes.length} ${codeChanges?.kind}`;
  const marks = [paused, abortRequestedBy, emergency].map((one) => one !== undefined);
  const digest = [phase.kind, until, startAt, votes, ...marks, isBlocked(deployment), generation].join(' ');
  return { place: placeOf(deployment), digest };
}

function placeOf({ service, environment }: Deployment): Place {
  return { service, environment };
}

import { type Called, KINDS, type Kind } from './kinds.ts';

/** One place at which Forge calls: the `nth` call of an operation in a journey (1 = the first). */
export type Place = Called & { journey: string; nth: number };
export type Trial = Place & { kind: Kind };

/** More calls of one operation than this are taken for a poll: the first, the second, one in the middle and the last stand for it. */
const EACH = 4;
/** What changes something in AWS is not polled: it stands for itself. */
const EACH_CHANGE = 12;

/** The places of an undisturbed run, in the order in which they were first called. */
export function placesOf(journey: string, calls: readonly Called[]): Place[] {
  const counts = new Map<string, Called & { times: number }>();
  for (const { service, operation } of calls) {
    const key = `${service} ${operation}`;
    counts.set(key, { service, operation, times: (counts.get(key)?.times ?? 0) + 1 });
  }
  return [...counts.values()].flatMap(({ service, operation, times }) =>
    representatives(times, isChange(operation) ? EACH_CHANGE : EACH).map((nth) => ({
      journey,
      service,
      operation,
      nth,
    })),
  );
}

/** Every place with every kind. An outage is told of once per operation, for it lasts. */
export function trialsOf(places: readonly Place[]): Trial[] {
  return places.flatMap((place) =>
    KINDS.filter((kind) => kind !== 'outage' || place.nth === 1).map((kind) => ({ ...place, kind })),
  );
}

export function nameOf({ journey, service, operation, nth, kind }: Trial): string {
  return `${journey}: ${service} ${operation} ${kind}, call ${nth}`;
}

/** Methods of Slack begin with a small letter. */
function isChange(operation: string): boolean {
  return /^[A-Z]/u.test(operation) && !/^(?:Describe|Get|List)/u.test(operation);
}

function representatives(times: number, most: number): number[] {
  if (times <= most) return Array.from({ length: times }, (_, index) => index + 1);
  return [1, 2, Math.ceil(times / 2), times];
}

import { createRandom } from '../../chaos/random.ts';

/** When one deployment is asked for and when its release becomes healthy, in milliseconds after the beginning. */
export type Course = { startsAt: number; endsAt: number; group: string };

/** How many of 200 end together, and over how long. */
const GROUPS = [
  { name: '25 at once', share: 25 / 200, overMs: 0, drainMs: 61_000 },
  { name: '25 in a minute', share: 25 / 200, overMs: 58_000, drainMs: 61_000 },
  { name: '60 at once', share: 60 / 200, overMs: 0, drainMs: 120_000 },
  { name: '65 in half a minute', share: 65 / 200, overMs: 30_000, drainMs: 120_000 },
  { name: 'the last 25 in a minute', share: 1, overMs: 58_000, drainMs: 0 },
];
/** The first ones run so long before they end. */
const FIRST_END_MS = 90_000;
/** An end takes place when its last steps are done. */
const AFTER_START_MS = 20_000;

/** Starts evenly spread with a little chance; ends in groups, each after the one before has surely been shown. */
export function schedule({
  deployments,
  minutes,
  seed,
}: {
  deployments: number;
  minutes: number;
  seed: number;
}): Course[] {
  const random = createRandom(seed);
  const gap = (minutes * 60_000) / deployments;
  const starts = Array.from({ length: deployments }, (_, index) =>
    Math.round((index + random.between(0, 1)) * gap),
  );
  const courses: Course[] = [];
  let begins = FIRST_END_MS;
  for (const { name, share, overMs, drainMs } of GROUPS) {
    const members = starts.slice(courses.length, courses.length + Math.ceil(share * deployments));
    begins = Math.max(begins, (members.at(-1) ?? 0) + AFTER_START_MS);
    for (const startsAt of members) {
      courses.push({ startsAt, endsAt: begins + Math.round(random.between(0, overMs)), group: name });
    }
    begins += overMs + drainMs;
  }
  return courses;
}

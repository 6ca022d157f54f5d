import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Place } from './places.ts';
import type { Course } from './schedule.ts';
import type { Seen } from './watch-messages.ts';

/** One deployment as Forge knows it and as Slack has shown it. Times in milliseconds since the epoch. */
export type End = Seen & { number: number; group: string; endedAt?: number };

const Row = z.object({
  number: z.number(),
  service: z.string(),
  environment: z.string(),
  ended_at: z.number().nullable(),
});

/** Every deployment in Forge's database, with what was seen of it. */
export function readEnds(
  file: string,
  {
    places,
    courses,
    seen,
  }: { places: readonly Place[]; courses: readonly Course[]; seen: ReadonlyMap<number, Seen> },
): End[] {
  const database = new Sqlite(file, { readonly: true });
  const rows = z
    .array(Row)
    .parse(
      database.prepare('select number, service, environment, ended_at from deployment order by number').all(),
    );
  database.close();
  return rows.map(({ number, service, environment, ended_at }) => {
    const index = places.findIndex((place) => place.service === service && place.environment === environment);
    return {
      ...(seen.get(number) ?? { messages: new Set<string>() }),
      number,
      group: courses[index]?.group ?? 'unknown',
      ...(ended_at !== null && { endedAt: ended_at }),
    };
  });
}

import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import type { RecordedEvent } from '../src/domain/events.ts';
import { evolve } from '../src/domain/evolve.ts';
import type { Store } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, gt, isNull, lt, sql } from './drizzle.ts';
import { deployment, deploymentEvent } from './schema.sqlite.ts';

export function createDeploymentReader({ orm }: Pick<Database, 'orm'>) {
  /** Folds of the unfinished ones, so that a long deployment is not read again for each of its events. */
  const folded = new Map<number, Deployment>();

  function eventsAfter(number: number, version: number): RecordedEvent[] {
    return orm
      .select()
      .from(deploymentEvent)
      .where(and(eq(deploymentEvent.deployment, number), gt(deploymentEvent.version, version)))
      .orderBy(asc(deploymentEvent.version))
      .all()
      .map(toRecorded);
  }

  function load(number: number): Deployment | undefined {
    const known = folded.get(number);
    let state = known;
    for (const recorded of eventsAfter(number, known?.version ?? 0)) state = evolve(state, recorded);
    if (state === undefined || isFinished(state)) folded.delete(number);
    else folded.set(number, state);
    return state;
  }

  function loadAll(numbers: { number: number }[]): Deployment[] {
    return numbers.map((row) => load(row.number)).filter((state) => state !== undefined);
  }

  function atPlace(place: { service?: string; environment?: string }) {
    return and(
      place.service === undefined ? undefined : eq(deployment.service, place.service),
      place.environment === undefined ? undefined : eq(deployment.environment, place.environment),
    );
  }

  return {
    load,
    events: (number: number) => eventsAfter(number, 0),

    nextNumber(): number {
      const row = orm
        .select({ last: sql<number | null>`max(${deployment.number})` })
        .from(deployment)
        .get();
      return (row?.last ?? 0) + 1;
    },

    unfinished(place: { service?: string; environment?: string }): Deployment[] {
      const open = orm
        .select({ number: deployment.number })
        .from(deployment)
        .where(and(isNull(deployment.endedAt), atPlace(place)))
        .orderBy(asc(deployment.number));
      return loadAll(open.all());
    },

    succeeded(place: Parameters<Store['succeeded']>[0]): Deployment[] {
      const ended = orm
        .select({ number: deployment.number })
        .from(deployment)
        .where(and(atPlace(place), eq(deployment.phase, 'succeeded')))
        .orderBy(desc(deployment.endedAt), desc(deployment.number))
        .limit(place.limit);
      return loadAll(ended.all());
    },

    history(filter: Parameters<Store['history']>[0]): Deployment[] {
      const before = filter.before === undefined ? undefined : lt(deployment.number, filter.before);
      const listed = orm
        .select({ number: deployment.number })
        .from(deployment)
        .where(and(atPlace(filter), before))
        .orderBy(desc(deployment.number))
        .limit(filter.limit);
      return loadAll(listed.all());
    },
  };
}

function toRecorded(row: typeof deploymentEvent.$inferSelect): RecordedEvent {
  return {
    deployment: row.deployment,
    version: row.version,
    at: row.at,
    by: row.by,
    ...(row.why === null ? {} : { why: row.why }),
    cause: row.cause,
    event: row.data,
  };
}

import type { Target } from '../src/domain/release.ts';
import type { TrafficRecord } from '../src/domain/traffic.ts';
import type { Change } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { and, eq } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { traffic } from './schema.sqlite.ts';

type Intend = Extract<Change, { kind: 'intend-traffic' }>;
type Confirm = Extract<Change, { kind: 'confirm-traffic' }>;

export function readTraffic({ orm }: Pick<Database, 'orm'>, target: Target): TrafficRecord | undefined {
  const row = orm.select().from(traffic).where(isOf(target)).limit(1).get();
  if (row === undefined) return undefined;
  const { generation, split, before, safe, deployment, intendedAt, confirmedAt } = row;
  return {
    ...{ generation, split, before, deployment, intendedAt },
    ...(safe === null ? {} : { safe }),
    ...(confirmedAt === null ? {} : { confirmedAt }),
  };
}

/** Throws a `Refusal` when another intent came first: whoever decided on an older one is too late. */
export function intendTraffic(database: Database, intend: Intend, at: number): void {
  const { target, split, before, safe, deployment, expectGeneration } = intend;
  const generation = readTraffic(database, target)?.generation ?? 0;
  if (generation !== expectGeneration) {
    throw new Refusal(`Traffic of ${target.service} is at intent ${generation}, not ${expectGeneration}`);
  }
  const wanted = {
    generation: generation + 1,
    ...{ split, before, deployment },
    safe: safe ?? null,
    intendedAt: at,
    confirmedAt: null,
  };
  database.orm
    .insert(traffic)
    .values({ service: target.service, environment: target.environment, region: target.region, ...wanted })
    .onConflictDoUpdate({ target: [traffic.service, traffic.environment, traffic.region], set: wanted })
    .run();
}

/** The first confirmation of an intent counts; one of an older intent is nothing. */
export function confirmTraffic({ orm }: Database, { target, generation }: Confirm, at: number): void {
  const newest = readTraffic({ orm }, target);
  if (newest?.generation !== generation || newest.confirmedAt !== undefined) return;
  orm.update(traffic).set({ confirmedAt: at }).where(isOf(target)).run();
}

function isOf({ service, environment, region }: Target) {
  return and(eq(traffic.service, service), eq(traffic.environment, environment), eq(traffic.region, region));
}

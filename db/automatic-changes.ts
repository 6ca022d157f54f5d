import type { AutomaticChange } from '../src/ports/automatic.ts';
import { isOfRef } from './automatics.ts';
import type { Database } from './database.ts';
import { and, eq, isNull, lt, sql } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { numberIn } from './restriction-records.ts';
import { automaticHold, followed, seenRefs, toldPush } from './schema.sqlite.ts';

type Of<Kind extends AutomaticChange['kind']> = Extract<AutomaticChange, { kind: Kind }>;

/** Who pushed is forgotten after that, with the e-mail address; what is deployed later counts as pushed by somebody unknown. Milliseconds. */
const PUSHES_KEPT_FOR = 90 * 24 * 60 * 60_000;

/** Throws a `Refusal` where it is not as the change expects. */
export function writeAutomatic(database: Database, change: AutomaticChange, at: number): void {
  switch (change.kind) {
    case 'record-followed':
      recordFollowed(database, change, at);
      return;
    case 'hold-automatic':
      holdAutomatic(database, change, at);
      return;
    case 'resume-automatic':
      resumeAutomatic(database, change, at);
      return;
    case 'see-refs': {
      const { repository, refs } = change;
      const row = { repository, refs, at };
      database.orm
        .insert(seenRefs)
        .values(row)
        .onConflictDoUpdate({ target: seenRefs.repository, set: { refs, at } })
        .run();
      return;
    }
    case 'keep-push':
      keepPush(database, change, at);
      return;
  }
}

function recordFollowed(
  { orm }: Database,
  { followed: record, after }: Of<'record-followed'>,
  at: number,
): void {
  const last = orm
    .select({ number: sql<number | null>`max(${followed.number})` })
    .from(followed)
    .where(isOfRef(record))
    .get();
  if ((last?.number ?? 0) !== (after === undefined ? 0 : numberIn(after, 'P'))) {
    throw new Refusal(`${record.ref} was followed by others`);
  }
  if (record.outcome === 'requested' && isHeld(orm, record))
    throw new Refusal('Nothing may be asked for there');
  const { id, says = null, deployment = null, login = null, ...kept } = record;
  const row = { ...kept, number: numberIn(id, 'P'), says, deployment, login, at };
  const written = orm.insert(followed).values(row).onConflictDoNothing().run();
  if (written.changes === 0) throw new Refusal(`There is a ${id}`);
}

function isHeld(
  orm: Database['orm'],
  { service, environment }: { service: string; environment: string },
): boolean {
  const isThere = and(eq(automaticHold.service, service), eq(automaticHold.environment, environment));
  const held = orm
    .select({ number: automaticHold.number })
    .from(automaticHold)
    .where(and(isThere, isNull(automaticHold.endedAt)));
  return held.get() !== undefined;
}

/** The first hold stays. */
function holdAutomatic({ orm }: Database, change: Of<'hold-automatic'>, at: number): void {
  const { service, environment, by, deployment = null, why = null } = change;
  const number = sql<number>`(select coalesce(max(${automaticHold.number}), 0) + 1 from ${automaticHold})`;
  orm
    .insert(automaticHold)
    .values({ number, service, environment, by, deployment, why, at })
    .onConflictDoNothing()
    .run();
}

function resumeAutomatic({ orm }: Database, change: Of<'resume-automatic'>, at: number): void {
  const { hold, by, why = null } = change;
  const written = orm
    .update(automaticHold)
    .set({ endedAt: at, endedBy: by, endedWhy: why })
    .where(and(eq(automaticHold.number, numberIn(hold, 'H')), isNull(automaticHold.endedAt)))
    .run();
  if (written.changes === 0) throw new Refusal(`${hold} has ended`);
}

function keepPush({ orm }: Database, { push }: Of<'keep-push'>, at: number): void {
  const { repository, ref, commit, login = null, email = null } = push;
  orm
    .delete(toldPush)
    .where(lt(toldPush.at, at - PUSHES_KEPT_FOR))
    .run();
  orm
    .insert(toldPush)
    .values({ repository, ref, commit, login, email, at })
    .onConflictDoUpdate({
      target: [toldPush.repository, toldPush.ref, toldPush.commit],
      set: { login, email, at },
    })
    .run();
}

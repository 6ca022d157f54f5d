import { z } from 'zod';
import type { Announcement, AnnouncementChange, Announcements, Telling } from '../src/ports/announcements.ts';
import type { Database } from './database.ts';
import { and, asc, eq, inArray, lte } from './drizzle.ts';
import { announcement } from './schema.sqlite.ts';

type Announce = Extract<AnnouncementChange, { kind: 'announce' }>;
type Withdraw = Extract<AnnouncementChange, { kind: 'withdraw-announcements' }>;

const State = z.enum(['pending', 'sending', 'sent', 'dropped']) satisfies z.ZodType<Announcement['state']>;
const Tells = z.enum([
  'freeze-planned',
  'freeze-soon',
  'freeze-begins',
  'freeze-ended',
  'freeze-lifted',
  'lock-placed',
  'lock-prolonged',
  'lock-handed-over',
  'lock-ends-soon',
  'lock-ended',
  'lock-released',
  'recurring-not-started',
  'automatic-held',
  'automatic-not-deployed',
  'automatic-waits',
  'automatic-unread',
]) satisfies z.ZodType<Telling>;

export function createAnnouncements({ orm }: Database): Announcements {
  return {
    async announcementsDue(now) {
      const isOpen = inArray(announcement.state, ['pending', 'sending']);
      const rows = orm
        .select()
        .from(announcement)
        .where(and(isOpen, lte(announcement.notBefore, now)));
      return rows.orderBy(asc(announcement.notBefore), asc(announcement.id)).all().map(toAnnouncement);
    },

    async announcements(about) {
      const rows = orm.select().from(announcement).where(eq(announcement.about, about));
      return rows.orderBy(asc(announcement.notBefore), asc(announcement.id)).all().map(toAnnouncement);
    },

    async updateAnnouncement(id, change) {
      const { state, channel, ts, attempts, notBefore, problem } = change;
      const given = Object.entries({ state, channel, ts, attempts, notBefore, problem }).filter(
        ([, value]) => value !== undefined,
      );
      if (given.length === 0) return;
      const written = orm
        .update(announcement)
        .set(Object.fromEntries(given))
        .where(eq(announcement.id, id))
        .run();
      if (written.changes === 0) throw new Error(`There is no announcement ${id} to update`);
    },
  };
}

/** One of the same id stays as it is. */
export function announce({ orm }: Pick<Database, 'orm'>, { announcement: planned }: Announce): void {
  const { id, about, tells, channel, notBefore, staleAt } = planned;
  orm
    .insert(announcement)
    .values({ id, about, tells, channel, notBefore, staleAt: staleAt ?? null, state: 'pending' })
    .onConflictDoNothing()
    .run();
}

export function withdrawAnnouncements({ orm }: Pick<Database, 'orm'>, { about, because }: Withdraw): void {
  orm
    .update(announcement)
    .set({ state: 'dropped', problem: because })
    .where(and(eq(announcement.about, about), eq(announcement.state, 'pending')))
    .run();
}

function toAnnouncement(row: typeof announcement.$inferSelect): Announcement {
  const { id, about, channel, attempts, notBefore, ts, staleAt, problem } = row;
  return {
    ...{ id, about, channel, attempts, notBefore },
    tells: Tells.parse(row.tells),
    state: State.parse(row.state),
    ...(ts === null ? {} : { ts }),
    ...(staleAt === null ? {} : { staleAt }),
    ...(problem === null ? {} : { problem }),
  };
}

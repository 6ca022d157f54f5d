import { z } from 'zod';
import type { Post, Store } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { and, asc, eq, isNotNull, sql } from './drizzle.ts';
import { deployment, deploymentEvent, post } from './schema.sqlite.ts';

const State = z.enum(['pending', 'sending', 'sent', 'closed', 'dropped']) satisfies z.ZodType<Post['state']>;

type Posts = Pick<
  Store,
  'deploymentsToPublish' | 'lateMessages' | 'posts' | 'addPosts' | 'updatePost' | 'markPublished'
>;

export function createPosts(database: Database): Posts {
  const { orm } = database;
  return {
    async deploymentsToPublish(now) {
      return orm
        .select({ number: deployment.number, version: deployment.eventVersion })
        .from(deployment)
        .where(sql`(${isBehind(now)} and not ${messageMustWait(now)}) or ${hasPostToSend(now)}`)
        .orderBy(asc(deployment.number))
        .all();
    },

    async lateMessages() {
      const firstUnshown = and(
        eq(deploymentEvent.deployment, deployment.number),
        eq(deploymentEvent.version, sql`${deployment.publishedVersion} + 1`),
      );
      const late = orm
        .select({ count: sql<number>`count(*)`, since: sql<number | null>`min(${deploymentEvent.at})` })
        .from(deployment)
        .innerJoin(deploymentEvent, firstUnshown)
        .where(isNotNull(deployment.endedAt))
        .get();
      return late === undefined || late.since === null ? undefined : { count: late.count, since: late.since };
    },

    async posts(number) {
      const rows = orm.select().from(post).where(eq(post.deployment, number));
      return rows.orderBy(asc(post.event), asc(post.id)).all().map(toPost);
    },

    async addPosts(posts) {
      if (posts.length === 0) return;
      const rows = posts.map(({ id, deployment: number, event, channel }) => ({
        id,
        deployment: number,
        event,
        channel,
      }));
      database.write(() => {
        for (const row of rows)
          orm
            .insert(post)
            .values({ ...row, state: 'pending' })
            .onConflictDoNothing()
            .run();
      });
    },

    async updatePost(id, change) {
      const { state, channel, ts, attempts, notBefore, problem } = change;
      const values = { state, channel, ts, attempts, notBefore, problem };
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      if (given.length === 0) return;
      const written = orm.update(post).set(Object.fromEntries(given)).where(eq(post.id, id)).run();
      if (written.changes === 0) throw new Error(`There is no post ${id} to update`);
    },

    async markPublished(number, shown) {
      orm
        .update(deployment)
        .set({ publishedVersion: shown.version, refreshAt: shown.refreshAt ?? null })
        .where(and(eq(deployment.number, number)))
        .run();
    },
  };
}

function isBehind(now: number) {
  return sql`(${deployment.eventVersion} > ${deployment.publishedVersion} or ${deployment.refreshAt} <= ${now})`;
}

/** Slack asked for patience with this message. */
function messageMustWait(now: number) {
  return sql`exists (select 1 from ${post} where ${post.deployment} = ${deployment.number} and ${post.event} = 0 and ${post.notBefore} > ${now})`;
}

function hasPostToSend(now: number) {
  return sql`exists (select 1 from ${post} where ${post.deployment} = ${deployment.number} and ${post.state} in ('pending', 'sending') and ${post.notBefore} <= ${now})`;
}

function toPost(row: typeof post.$inferSelect): Post {
  const { id, deployment: number, event, channel, ts, attempts, notBefore, problem } = row;
  return {
    id,
    deployment: number,
    event,
    state: State.parse(row.state),
    channel,
    ...(ts === null ? {} : { ts }),
    attempts,
    notBefore,
    ...(problem === null ? {} : { problem }),
  };
}

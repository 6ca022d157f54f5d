import { z } from 'zod';
import { Actor } from '../src/domain/actor.ts';
import { DeploymentEvent } from '../src/domain/events.ts';
import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';
import { JsonValue } from './json-value.ts';
import { Outcome } from './outcome.ts';

/** Any JSON, `null` and nothing at all told apart. */
const Wrapped = z.strictObject({ value: JsonValue.optional() });

/** Every table, written once and evaluated for two dialects. */
export function define(c: Columns) {
  return { ...deploymentTables(c), ...slackTables(c), ...engineTables(c) };
}

function deploymentTables(c: Columns) {
  /** A projection of the events, for finding deployments; the events are the truth. */
  const deployment = c.table(
    'deployment',
    {
      number: c.int('number').primaryKey(),
      service: c.text('service').notNull(),
      environment: c.text('environment').notNull(),
      channel: c.text('channel').notNull(),
      phase: c.text('phase').notNull(),
      /** Of the release. */
      version: c.text('version').notNull(),
      eventVersion: c.int('event_version').notNull(),
      generation: c.int('generation').notNull(),
      requestedAt: c.ms('requested_at').notNull(),
      startedAt: c.ms('started_at'),
      endedAt: c.ms('ended_at'),
      /** It may change the service now, so no other deployment may. */
      occupies: c.bool('occupies').notNull(),
      /** Version of the last event that the deployment's message shows. */
      publishedVersion: c.int('published_version').notNull().default(0),
      /** When the message wants to be rendered again though nothing happened. */
      refreshAt: c.ms('refresh_at'),
    },
    (t) => [
      c.unique('deployment_one_occupies').on(t.service, t.environment).where(sql`${t.occupies}`),
      c.index('deployment_by_place').on(t.service, t.environment, t.number),
      c.index('deployment_unfinished').on(t.number).where(sql`${t.endedAt} is null`),
    ],
  );

  const deploymentEvent = c.table(
    'deployment_event',
    {
      deployment: c.int('deployment').notNull(),
      version: c.int('version').notNull(),
      at: c.ms('at').notNull(),
      type: c.text('type').notNull(),
      data: c.json('data', DeploymentEvent).notNull(),
      by: c.json('by', Actor).notNull(),
      why: c.text('why'),
      cause: c.text('cause').notNull(),
      /** 0, 1, 2 … among the events of one cause. */
      part: c.int('part').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.deployment, t.version] }),
      c.unique('deployment_event_once_per_cause').on(t.deployment, t.cause, t.part),
    ],
  );

  return { deployment, deploymentEvent };
}

function slackTables(c: Columns) {
  /** What came from Slack: kept before it is acknowledged. */
  const arrival = c.table(
    'arrival',
    {
      id: c.text('id').primaryKey(),
      kind: c.text('kind').notNull(),
      payload: c.json('payload', Wrapped).notNull(),
      receivedAt: c.ms('received_at').notNull(),
      attempts: c.int('attempts').notNull().default(0),
      finishedAt: c.ms('finished_at'),
      outcome: c.text('outcome'),
    },
    (t) => [c.index('arrival_open').on(t.receivedAt).where(sql`${t.finishedAt} is null`)],
  );

  /** What should stand in Slack. */
  const post = c.table(
    'post',
    {
      id: c.text('id').primaryKey(),
      deployment: c.int('deployment').notNull(),
      event: c.int('event').notNull(),
      state: c.text('state').notNull(),
      channel: c.text('channel').notNull(),
      ts: c.text('ts'),
      attempts: c.int('attempts').notNull().default(0),
      notBefore: c.ms('not_before').notNull().default(0),
      problem: c.text('problem'),
    },
    (t) => [
      c.index('post_by_deployment').on(t.deployment, t.event),
      c.index('post_open').on(t.notBefore).where(sql`${t.state} in ('pending', 'sending')`),
    ],
  );

  return { arrival, post };
}

function engineTables(c: Columns) {
  /** One row: who leads. Every write of a leader compares the epoch. */
  const engine = c.table('engine', {
    id: c.int('id').primaryKey(),
    epoch: c.int('epoch').notNull(),
    owner: c.text('owner').notNull(),
    since: c.ms('since').notNull(),
  });

  const run = c.table(
    'run',
    {
      id: c.text('id').primaryKey(),
      job: c.text('job').notNull(),
      /** Of the job; known once the run is active. */
      version: c.int('version'),
      key: c.text('key'),
      input: c.json('input', Wrapped).notNull(),
      status: c.text('status').notNull(),
      /** Order of arrival. */
      position: c.int('position').notNull(),
      startAt: c.ms('start_at').notNull(),
      priority: c.int('priority').notNull(),
      abortBy: c.text('abort_by'),
      abortReason: c.text('abort_reason'),
      paused: c.bool('paused').notNull(),
      pausedBy: c.text('paused_by'),
      output: c.json('output', Wrapped),
      errorName: c.text('error_name'),
      error: c.text('error'),
      createdAt: c.ms('created_at').notNull(),
      startedAt: c.ms('started_at'),
      endedAt: c.ms('ended_at'),
    },
    (t) => [
      c
        .unique('run_one_active_per_key')
        .on(t.key)
        .where(sql`${t.status} = 'active' and ${t.key} is not null`),
      c.unique('run_by_position').on(t.position),
      c.index('run_by_status').on(t.status, t.startAt),
    ],
  );

  /** The journal: where a run resumes. */
  const operation = c.table(
    'operation',
    {
      run: c.text('run_id').notNull(),
      sequence: c.int('sequence').notNull(),
      kind: c.text('kind').notNull(),
      name: c.text('name').notNull(),
      /** How many attempts were begun. */
      attempt: c.int('attempt').notNull(),
      /** An attempt was begun and has not reported. */
      running: c.bool('running').notNull(),
      /** An attempt of an earlier process never reported. */
      unknown: c.bool('unknown').notNull(),
      /** When to go on: end of a sleep, of a wait or of a back-off. */
      dueAt: c.ms('due_at'),
      outcome: c.json('outcome', Outcome),
      startedAt: c.ms('started_at').notNull(),
      endedAt: c.ms('ended_at'),
    },
    (t) => [c.primaryKey({ columns: [t.run, t.sequence] })],
  );

  /** Doorbells. A run that does not exist yet may be rung already. */
  const signal = c.table(
    'signal',
    {
      run: c.text('run_id').notNull(),
      name: c.text('name').notNull(),
      id: c.text('id').notNull(),
      /** Order of arrival within the run. */
      position: c.int('position').notNull(),
      value: c.json('value', Wrapped).notNull(),
      by: c.text('by').notNull(),
      at: c.ms('at').notNull(),
      /** The operation that took it. */
      takenBy: c.int('taken_by'),
    },
    (t) => [
      c.primaryKey({ columns: [t.run, t.name, t.id] }),
      c.index('signal_waiting').on(t.run, t.name, t.position).where(sql`${t.takenBy} is null`),
    ],
  );

  return { engine, run, operation, signal };
}

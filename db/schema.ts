import { Actor } from '../src/domain/actor.ts';
import { DeploymentEvent } from '../src/domain/events.ts';
import { Split } from '../src/domain/traffic.ts';
import { automaticTables } from './automatic-tables.ts';
import { checkResultTable } from './check-result-table.ts';
import type { Columns } from './columns.ts';
import { deploymentRecordTable } from './deployment-record-table.ts';
import { sql } from './drizzle.ts';
import { engineTables } from './engine-tables.ts';
import { recurringTable } from './recurring-table.ts';
import { restrictionTables } from './restriction-tables.ts';
import { shipmentTables } from './shipment-tables.ts';
import { Wrapped } from './wrapped.ts';

/** Every table, written once and evaluated for two dialects. */
export function define(c: Columns) {
  return {
    ...deploymentTables(c),
    ...trafficTables(c),
    ...slackTables(c),
    ...engineTables(c),
    ...restrictionTables(c),
    ...recurringTable(c),
    ...deploymentRecordTable(c),
    ...shipmentTables(c),
    ...automaticTables(c),
    ...checkResultTable(c),
  };
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

  /** Who has voted on what: one vote of a person counts for what was asked once. */
  const vote = c.table(
    'vote',
    {
      deployment: c.int('deployment').notNull(),
      round: c.int('round').notNull(),
      voter: c.text('voter').notNull(),
      verdict: c.text('verdict').notNull(),
      at: c.ms('at').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.deployment, t.round, t.voter] })],
  );

  return { deployment, deploymentEvent, vote };
}

function trafficTables(c: Columns) {
  /** What Forge last wanted of a target's traffic: by this it knows the weights that are its own. */
  const traffic = c.table(
    'traffic',
    {
      service: c.text('service').notNull(),
      environment: c.text('environment').notNull(),
      region: c.text('region').notNull(),
      generation: c.int('generation').notNull(),
      split: c.json('split', Split).notNull(),
      before: c.json('before', Split).notNull(),
      safe: c.json('safe', Split),
      deployment: c.int('deployment').notNull(),
      intendedAt: c.ms('intended_at').notNull(),
      confirmedAt: c.ms('confirmed_at'),
    },
    (t) => [c.primaryKey({ columns: [t.service, t.environment, t.region] })],
  );

  return { traffic };
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
    (t) => [
      c.index('arrival_open').on(t.receivedAt).where(sql`${t.finishedAt} is null`),
      c.index('arrival_finished').on(t.finishedAt).where(sql`${t.finishedAt} is not null`),
    ],
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

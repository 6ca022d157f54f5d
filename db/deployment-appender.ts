import { type Deployment, hasEffects, isFinished } from '../src/domain/deployment.ts';
import type { RecordedEvent } from '../src/domain/events.ts';
import { evolve } from '../src/domain/evolve.ts';
import type { Change } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { createDeploymentReader } from './deployments.ts';
import { and, eq } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { deployment, deploymentEvent } from './schema.sqlite.ts';
import { isUniqueViolation } from './sqlite-errors.ts';

type Append = Extract<Change, { kind: 'append' }>;

/** Appends events and keeps the deployment's row what its events make it. */
export function createAppender(database: Database) {
  const { orm } = database;
  const reader = createDeploymentReader(database);
  /** States within the transaction; never given to the reader, which must not know what may still be rolled back. */
  const written = new Map<number, Deployment>();

  function stateAfter(change: Append, recorded: readonly RecordedEvent[]): Deployment {
    let state = written.get(change.deployment) ?? reader.load(change.deployment);
    for (const event of recorded) state = evolve(state, event);
    if (state === undefined) {
      throw new Error(`Deployment ${change.deployment} does not exist: its first event must be "requested"`);
    }
    return state;
  }

  return {
    /** Begins a transaction: what an earlier one wrote is in the database or gone. */
    forget: () => {
      written.clear();
    },

    isRecorded(change: Append): boolean {
      const same = and(
        eq(deploymentEvent.deployment, change.deployment),
        eq(deploymentEvent.cause, change.cause),
      );
      const row = orm
        .select({ version: deploymentEvent.version })
        .from(deploymentEvent)
        .where(same)
        .limit(1)
        .get();
      return row !== undefined;
    },

    append(change: Append, at: number): void {
      if (change.events.length === 0) throw new Error(`An append of ${change.cause} has no events`);
      const before = written.get(change.deployment) ?? reader.load(change.deployment);
      const version = before?.version ?? 0;
      if (change.expect !== 'any' && change.expect !== version) {
        throw new Refusal(`Deployment ${change.deployment} is at version ${version}, not ${change.expect}`);
      }
      if (before !== undefined && change.events.some((event) => event.type === 'requested')) {
        throw new Refusal(`Deployment ${change.deployment} exists`);
      }
      const recorded = recordedEvents(change, { version, at });
      const state = stateAfter(change, recorded);
      orm
        .insert(deploymentEvent)
        .values(recorded.map((event, part) => toRow(event, part)))
        .run();
      project(database, state);
      written.set(change.deployment, state);
    },
  };
}

function recordedEvents(change: Append, start: { version: number; at: number }): RecordedEvent[] {
  return change.events.map((event, part) => ({
    deployment: change.deployment,
    version: start.version + part + 1,
    at: start.at,
    by: change.by,
    ...(change.why === undefined ? {} : { why: change.why }),
    cause: change.cause,
    event,
  }));
}

function toRow(recorded: RecordedEvent, part: number): typeof deploymentEvent.$inferInsert {
  const { event, ...rest } = recorded;
  return { ...rest, type: event.type, data: event, part };
}

function project({ orm }: Database, state: Deployment): void {
  const values = {
    service: state.service,
    environment: state.environment,
    channel: state.channel,
    phase: state.phase.kind,
    version: state.plan.to.version,
    eventVersion: state.version,
    generation: state.generation,
    requestedAt: state.requestedAt,
    startedAt: state.startedAt ?? null,
    endedAt: isFinished(state) ? (state.endedAt ?? state.changedAt) : null,
    occupies: hasEffects(state),
  };
  try {
    orm
      .insert(deployment)
      .values({ number: state.number, ...values })
      .onConflictDoUpdate({ target: deployment.number, set: values })
      .run();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal(`Another deployment of ${state.service} in ${state.environment} is under way`, {
      cause: error,
    });
  }
}

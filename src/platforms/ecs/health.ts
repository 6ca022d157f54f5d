import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Health } from '../../ports/platform.ts';
import { readFailedTasks, reasonsOf } from './failed-tasks.ts';
import type { EcsPlace } from './place.ts';
import { type Readiness, readReadiness } from './readiness.ts';
import type { SentUpdates } from './sent-updates.ts';
import { type EcsService, isSteady, oldTasks, readService } from './service.ts';
import { newestTrouble } from './service-events.ts';
import { shortRevision } from './steadiness.ts';
import { inWords, taskCount, withoutStop } from './words.ts';

export type HealthTools = {
  ecs: ECSClient;
  loadBalancing: ElasticLoadBalancingV2Client;
  sent: SentUpdates;
  now: () => number;
};

/** So many failed tasks are not an accident. */
const TOO_MANY_FAILED = 3;

/** One look at how far a revision is. `waitUntilServicesStable` of the SDK never asks which revision became stable. */
export async function readHealth(
  place: EcsPlace,
  revision: string,
  tools: HealthTools,
  signal: AbortSignal,
): Promise<Health> {
  const service = await readService(tools.ecs, place, signal);
  if (service.primary.revision !== revision) {
    if (tools.sent.mayHide(place, revision, service)) return takingUp(service);
    return replacement(service, place, revision, tools.sent);
  }
  if (tools.sent.hides(place, revision, service)) return takingUp(service);
  if (service.desired === 0) {
    if (tools.sent.mayHide(place, revision, service)) return takingUp(service);
    return { kind: 'failed', reason: `${place.title} is scaled to 0: no task can show that it works.` };
  }
  const failure = await failureOf(service, place, tools, signal);
  if (failure !== undefined) return { kind: 'failed', reason: failure };
  const health = judge(service, await readReadiness(place, service, tools, signal));
  if (health.kind !== 'healthy') return health;
  if (tools.sent.mayBeOvertaken(place, revision)) {
    return starting(
      service,
      service.desired,
      'waiting whether ECS still acts on an earlier change it did not answer',
    );
  }
  tools.sent.settle(place);
  return health;
}

async function failureOf(
  service: EcsService,
  place: EcsPlace,
  { ecs, now }: HealthTools,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { primary } = service;
  const failed = await readFailedTasks(ecs, place, { rollout: primary, now: now() }, signal);
  const count = Math.max(failed.length, primary.failedTasks);
  if (primary.state !== 'failed' && count < TOO_MANY_FAILED) return undefined;
  const head =
    primary.state === 'failed' && count === 0
      ? `ECS gave ${shortRevision(primary.revision)} up: ${inWords(primary.stateReason ?? 'no reason given')}`
      : `${taskCount(count)} of ${shortRevision(primary.revision)} failed`;
  const reasons = reasonsOf(failed);
  const last = reasons.length > 0 ? reasons.join('; ') : newestTrouble(service);
  return last === undefined ? `${head}.` : `${head}. Last: ${withoutStop(last)}.`;
}

function judge(service: EcsService, readiness: Readiness): Health {
  const { primary, desired } = service;
  const isComplete = isSteady(service) && primary.running === desired && primary.pending === 0;
  if (isComplete && readiness.ready >= desired && readiness.problem === undefined) {
    return { kind: 'healthy', running: primary.running, detail: readiness.detail };
  }
  return starting(
    service,
    readiness.ready,
    newestTrouble(service) ?? readiness.problem ?? waitingFor(service),
  );
}

function takingUp(service: EcsService): Health {
  return starting(service, 0, 'ECS is taking the change up');
}

function starting(service: EcsService, ready: number, note: string | undefined): Health {
  const healthy = Math.min(ready, service.desired);
  return { kind: 'starting', healthy, of: service.desired, ...(note === undefined ? {} : { note }) };
}

function waitingFor(service: EcsService): string | undefined {
  const leaving = oldTasks(service);
  if (leaving === 0 || service.primary.running < service.desired) return undefined;
  return leaving === 1 ? '1 old task is leaving' : `${leaving} old tasks are leaving`;
}

function replacement(service: EcsService, place: EcsPlace, revision: string, sent: SentUpdates): Health {
  const { primary } = service;
  const now = shortRevision(primary.revision);
  const wanted = shortRevision(revision);
  if (/roll(ed|ing) back/i.test(primary.stateReason ?? '')) {
    const why = inWords(primary.stateReason ?? '');
    const reason = `ECS took ${wanted} back by itself and put ${now} on ${place.title}: ${why}.`;
    return { kind: 'failed', reason };
  }
  if (sent.mayBeOurs(place, primary.revision)) {
    const reason = `An earlier change that ECS had not answered came late and put ${now} on ${place.title} instead of ${wanted}.`;
    return { kind: 'failed', reason };
  }
  const reason = `Somebody else changed ${place.title}: it is to run ${now} instead of ${wanted}.`;
  return { kind: 'replaced', reason };
}

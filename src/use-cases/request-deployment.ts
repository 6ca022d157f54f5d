import type { Requester } from '../domain/caller.ts';
import { type Deployment, hasEffects, isInTheWay } from '../domain/deployment.ts';
import { PlaceBusy, UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { EnvironmentPolicy, ServicePolicy, StrategyName } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';
import type { Change } from '../ports/store.ts';
import { planDeployment } from '../strategies/plan-deployment.ts';
import type { Adapters } from './adapters.ts';
import {
  type AutomaticRequest,
  automaticChanges,
  isReplaceable,
  lookAtAutomatic,
} from './automatic-request.ts';
import { busyWith } from './busy.ts';
import { findRelease } from './find-release.ts';
import { livesOf } from './lives.ts';
import { createDeployment, isAskedBy } from './new-deployment.ts';
import { patience } from './patiently.ts';

export type DeploymentRequest = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  /** Version, branch or commit; absent: the newest release of the environment's branch. */
  ref?: string;
  /** Absent: what the policy says. */
  strategy?: StrategyName;
  why?: string;
  /** Not before then, in milliseconds since the epoch. Absent: at once. */
  startAt?: number;
  /** It is asked for by what recurs, due at that time; the next time is `next`. Milliseconds since the epoch. */
  occurrence?: { recurring: string; at: number; next: number };
  /** It was pushed, and nobody asks by hand: exactly that commit, whatever `ref` is by now. */
  automatic?: AutomaticRequest;
};

export type RequestOutcome =
  | { kind: 'requested'; deployment: number }
  /** This very request was dealt with before; `deployment`: what came of the form when it was sent before. */
  | { kind: 'repeated'; deployment?: number }
  /** Nothing was done: the ref means several releases. */
  | { kind: 'ambiguous'; ref: string; candidates: Release[] };

/**
 * Asks for a deployment: finds what it would put where, and records it with its plan. Effects come later, by its jobs.
 * Throws a `UserError` when there is nothing to do, somebody else is at it, or the ref means nothing.
 */
export async function requestDeployment(
  request: DeploymentRequest,
  caller: Requester,
  adapters: Adapters,
): Promise<RequestOutcome> {
  const patiently = patience(adapters.clock);
  const { service, environment } = request;
  if ((await lookAround(request, caller, adapters)) === 'repeated')
    return repeated(request, caller, adapters);
  const found = await findRelease(request, adapters);
  if (found.kind === 'ambiguous') return found;
  const { release } = found;
  const live = await patiently((options) => livesOf(adapters.platform, service, environment.name, options));
  refuseWhenLive(request, release, live);
  const { strategy } = request;
  const plan = planDeployment({
    ...{ service, environment, live, timing: adapters.policy.timing, release },
    ...(strategy === undefined ? {} : { strategy }),
  });
  return create(request, plan, caller, adapters);
}

async function create(
  request: DeploymentRequest,
  plan: Plan,
  caller: Requester,
  adapters: Adapters,
): Promise<RequestOutcome> {
  const deployment = await createDeployment(
    {
      type: 'requested',
      service: request.service.name,
      environment: request.environment.name,
      ...(request.ref === undefined ? {} : { ref: request.ref }),
      plan,
      channel: request.environment.channel,
      ...(request.startAt === undefined ? {} : { startAt: request.startAt }),
      ...(request.automatic === undefined ? {} : { pushed: request.automatic.pushed }),
    },
    { ...caller, ...(request.why === undefined ? {} : { why: request.why }) },
    {
      store: adapters.store,
      look: () => lookAround(request, caller, adapters),
      besides: (number) => besides(request, { deployment: number, cause: caller.arrival }, adapters.store),
    },
  );
  return deployment === undefined ? repeated(request, caller, adapters) : { kind: 'requested', deployment };
}

/** Whoever sent a form twice is told what came of it; of anything else they know. */
async function repeated(
  { service, environment }: DeploymentRequest,
  caller: Requester,
  { store }: Adapters,
): Promise<RequestOutcome> {
  if (caller.form === undefined) return { kind: 'repeated' };
  for (const other of await store.unfinished({ service: service.name, environment: environment.name })) {
    if (await isAskedBy(other, caller, store)) return { kind: 'repeated', deployment: other.number };
  }
  return { kind: 'repeated' };
}

/** Two people at one service at one time undo each other's work: the second is told who is at it. The database has the last word. */
async function lookAround(
  request: DeploymentRequest,
  caller: Requester,
  { store }: Adapters,
): Promise<'free' | 'repeated'> {
  const place = { service: request.service.name, environment: request.environment.name };
  const { automatic } = request;
  if (await isOver(request, store)) return 'repeated';
  const others = await store.unfinished(place);
  for (const other of others) if (await isAskedBy(other, caller, store)) return 'repeated';
  refuseBusy(request, automatic === undefined ? others : others.filter((one) => !isReplaceable(one)));
  return automatic === undefined ? 'free' : lookAtAutomatic(place, automatic, store);
}

type Place = Pick<DeploymentRequest, 'service' | 'environment' | 'startAt'>;

/** Throws the `UserError` that says who is at the service, where nothing can be asked for because of that. */
export async function requireFree(request: Place, { store }: Pick<Adapters, 'store'>): Promise<void> {
  const place = { service: request.service.name, environment: request.environment.name };
  refuseBusy(request, await store.unfinished(place));
}

/** What is scheduled minds only what is changing now: nobody can tell what it would replace. */
function refuseBusy({ service, startAt }: Place, others: readonly Deployment[]): void {
  const busy = others.find(startAt === undefined ? isInTheWay : hasEffects);
  if (busy !== undefined) throw new PlaceBusy(busyWith(busy, service));
}

/** An occurrence is dealt with once: the step to the next one is in the same commit. */
async function isOver({ occurrence }: DeploymentRequest, store: Adapters['store']): Promise<boolean> {
  if (occurrence === undefined) return false;
  const recurring = await store.recurring(occurrence.recurring);
  return recurring?.nextAt !== occurrence.at || recurring.cancelled !== undefined;
}

/** What else is written with the deployment, so that it is asked for once. */
async function besides(
  { service, environment, occurrence, automatic }: DeploymentRequest,
  created: { deployment: number; cause: string },
  store: Adapters['store'],
): Promise<Change[]> {
  const place = { service: service.name, environment: environment.name };
  if (automatic !== undefined) return automaticChanges(place, automatic, created, store);
  if (occurrence === undefined) return [];
  const { recurring: id, at: from, next: to } = occurrence;
  return [{ kind: 'advance-recurring', id, from, to }];
}

function refuseWhenLive(request: DeploymentRequest, release: Release, live: Record<string, Live>): void {
  const { digests, commit: asked } = release;
  const isUnbuilt = Object.keys(digests).length === 0;
  const everywhere = Object.entries(live).every(([region, { digest, commit }]) =>
    isUnbuilt ? commit !== undefined && commit === asked : digest !== undefined && digest === digests[region],
  );
  if (!everywhere) return;
  throw new UserError(
    `${release.version} is live on ${request.service.title} in ${request.environment.name} already. There is nothing to deploy; \`/forge status\` shows what runs where.`,
  );
}

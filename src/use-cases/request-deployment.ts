import type { Caller } from '../domain/caller.ts';
import { type Deployment, hasEffects, isInTheWay } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { EnvironmentPolicy, ServicePolicy, StrategyName } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';
import type { Change } from '../ports/store.ts';
import { planDeployment } from '../strategies/plan-deployment.ts';
import type { Adapters } from './adapters.ts';
import { busyWith } from './busy.ts';
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
};

export type RequestOutcome =
  | { kind: 'requested'; deployment: number }
  /** This very request was dealt with before. */
  | { kind: 'repeated' }
  /** Nothing was done: the ref means several releases. */
  | { kind: 'ambiguous'; ref: string; candidates: Release[] };

/**
 * Asks for a deployment: resolves what it would put where, and records it with its plan. Effects come later, by its jobs.
 * Throws a `UserError` when there is nothing to do, somebody else is at it, or the ref means nothing.
 */
export async function requestDeployment(
  request: DeploymentRequest,
  caller: Caller,
  adapters: Adapters,
): Promise<RequestOutcome> {
  const patiently = patience(adapters.clock);
  const { service, environment } = request;
  if ((await lookAround(request, caller, adapters)) === 'repeated') return { kind: 'repeated' };
  const ref = request.ref ?? environment.branch;
  const asked = { service: service.name, environment: environment.name, ref };
  const resolution = await patiently((options) => adapters.sourceControl.resolve(asked, options));
  switch (resolution.kind) {
    case 'ambiguous':
      return { kind: 'ambiguous', ref, candidates: resolution.candidates };
    case 'unknown':
      throw new UserError(unknownRef(request, ref, resolution.known));
    case 'missing':
      throw new UserError(
        `The image of ${resolution.version} is not in ${resolution.regions.join(' and ')} yet. Nothing was changed. Wait until its build has pushed it there, then deploy again.`,
      );
    case 'found': {
      const live = await patiently((options) =>
        livesOf(adapters.platform, service, environment.name, options),
      );
      const { release } = resolution;
      refuseWhenLive(request, release, live);
      const { strategy } = request;
      const plan = planDeployment({
        ...{ service, environment, live, timing: adapters.policy.timing, release },
        ...(strategy === undefined ? {} : { strategy }),
      });
      return create(request, plan, caller, adapters);
    }
  }
}

async function create(
  request: DeploymentRequest,
  plan: Plan,
  caller: Caller,
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
    },
    { ...caller, ...(request.why === undefined ? {} : { why: request.why }) },
    { store: adapters.store, look: () => lookAround(request, caller, adapters), besides: advance(request) },
  );
  return deployment === undefined ? { kind: 'repeated' } : { kind: 'requested', deployment };
}

/** Two people at one service at one time undo each other's work: the second is told who is at it. The database has the last word. */
async function lookAround(
  request: DeploymentRequest,
  caller: Caller,
  { store }: Adapters,
): Promise<'free' | 'repeated'> {
  const place = { service: request.service.name, environment: request.environment.name };
  if (await isOver(request, store)) return 'repeated';
  const others = await store.unfinished(place);
  for (const other of others) if (await isAskedBy(other, caller, store)) return 'repeated';
  refuseBusy(request, others);
  return 'free';
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
  if (busy !== undefined) throw new UserError(busyWith(busy, service));
}

/** An occurrence is dealt with once: the step to the next one is in the same commit. */
async function isOver({ occurrence }: DeploymentRequest, store: Adapters['store']): Promise<boolean> {
  if (occurrence === undefined) return false;
  const recurring = await store.recurring(occurrence.recurring);
  return recurring?.nextAt !== occurrence.at || recurring.cancelled !== undefined;
}

function advance({ occurrence }: DeploymentRequest): Change[] {
  if (occurrence === undefined) return [];
  const { recurring: id, at: from, next: to } = occurrence;
  return [{ kind: 'advance-recurring', id, from, to }];
}

function refuseWhenLive(request: DeploymentRequest, release: Release, live: Record<string, Live>): void {
  const everywhere = Object.entries(live).every(
    ([region, { digest }]) => digest !== undefined && digest === release.digests[region],
  );
  if (!everywhere) return;
  throw new UserError(
    `${release.version} is live on ${request.service.title} in ${request.environment.name} already. There is nothing to deploy; \`/forge status\` shows what runs where.`,
  );
}

function unknownRef(request: DeploymentRequest, ref: string, known: string[]): string {
  const newest = known.slice(0, 5).join(', ');
  const there = known.length === 0 ? 'It has no releases at all yet.' : `The newest are ${newest}.`;
  if (request.ref === undefined) {
    return `${request.service.title} has no release of the branch \`${ref}\`, which ${request.environment.name} deploys by default. ${there} Name one of them, or wait for the build.`;
  }
  return `${request.service.title} has no release called “${ref}”. ${there} Name one of them, a branch, or at least 7 digits of a commit.`;
}

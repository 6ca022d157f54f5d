import { askedAbout, isEmergency } from '../domain/approval-standing.ts';
import type { Caller } from '../domain/caller.ts';
import { requireConsentWanted } from '../domain/consent.ts';
import { ending } from '../domain/decisions.ts';
import { type Deployment, isFinished } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import { environmentNamed } from '../domain/policy.ts';
import { waitsInRegion } from '../domain/region-wait.ts';
import type { Change } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { ringDeploying } from './deploy-bell.ts';
import { ringPreparing } from './prepare-bell.ts';
import { decided } from './steer-deployment.ts';

export type LetStart = {
  deployment: number;
  /** Of what the person was shown: see `askedAbout`. */
  digest: string;
  why?: string;
};

type Reached = Pick<Adapters, 'store' | 'policy' | 'clock'>;

/** A review of an emergency is due so long after it. Milliseconds. */
const REVIEW_WITHIN = 24 * 60 * 60_000;

/** The run that reminds people of a review. */
export function reviewRun(deployment: number): string {
  return `review/${deployment}`;
}

/**
 * Lets a deployment start at a time that is not preferred, or go on at one in its next region. Whose consent counts is decided before. Throws a `UserError` when it
 * waits for no consent, is not what they saw, or nobody gave a reason.
 */
export async function consent(request: LetStart, caller: Caller, reached: Reached): Promise<Deployment> {
  return decided(request, reached.store, async (deployment) => {
    requireSeen(deployment, request, reached);
    requireConsentWanted(deployment);
    requireReason(request, deployment.why);
    return commit(
      deployment,
      { events: [{ type: 'consented' }], request, caller, word: 'consent to' },
      reached,
    );
  });
}

/**
 * Lets a deployment start, or go on in its next region, at once: without the votes that are missing, outside windows and during freezes. Checks, digests,
 * health and gates stay as they are. Throws a `UserError` when there is nothing to hurry, the person asked for it themselves
 * and policy does not allow that, it is not what they saw, or they give no reason.
 */
export async function declareEmergency(
  request: LetStart,
  caller: Caller,
  reached: Reached,
): Promise<Deployment> {
  return decided(request, reached.store, async (deployment) => {
    requireSeen(deployment, request, reached);
    requireDeclarable(deployment, caller, reached);
    requireReason(request);
    const { number } = deployment;
    const due = reached.clock.now() + REVIEW_WITHIN;
    const events: DeploymentEvent[] = [
      { type: 'emergency-declared', digest: request.digest },
      { type: 'review-due', at: due },
    ];
    const review: Change = {
      ...{ kind: 'start-run', id: reviewRun(number), job: 'review', input: { deployment: number } },
    };
    return commit(deployment, { events, request, caller, word: 'emergency of', besides: [review] }, reached);
  });
}

/** Throws the `UserError` that says why this person cannot call it an emergency now, whatever they saw of it. */
export function requireDeclarable(
  deployment: Deployment,
  caller: Caller,
  reached: Pick<Reached, 'policy'>,
): void {
  requireYetToGo(deployment);
  requireWaiting(deployment, reached);
  requireOther(deployment, caller, reached);
}

type Written = {
  events: DeploymentEvent[];
  request: LetStart;
  caller: Caller;
  word: string;
  besides?: Change[];
};

function commit(
  deployment: Deployment,
  { events, request: { why }, caller, word, besides = [] }: Written,
  { store }: Reached,
): ReturnType<Adapters['store']['commit']> {
  const { number, version, startedAt } = deployment;
  const ring = { id: caller.arrival, by: caller.actor.userId };
  return store.commit([
    {
      ...{ kind: 'append', deployment: number, expect: version, by: caller.actor, cause: caller.arrival },
      events,
      ...(why === undefined ? {} : { why }),
    },
    ...besides,
    startedAt === undefined ? ringPreparing(number, ring) : ringDeploying(deployment, ring),
    { kind: 'finish-arrival', id: caller.arrival, outcome: `${word} #${number}` },
  ]);
}

/** A finished one, one that began, and one that has changed since: each gets its own words. */
function requireSeen(deployment: Deployment, { digest }: LetStart, { policy }: Reached): void {
  requireYetToGo(deployment);
  const { number, plan, startAt } = deployment;
  if (askedAbout(plan, policy.version, startAt) === digest) return;
  throw new UserError(
    `Nothing was done: what #${number} would do has changed since you looked. Look at its message and decide on it as it is now.`,
  );
}

function requireYetToGo(deployment: Deployment): void {
  const { number, startedAt } = deployment;
  const name = `#${number}`;
  if (isFinished(deployment)) throw new UserError(`Nothing was done: ${name} is over, ${ending(deployment)}`);
  if (startedAt !== undefined && waitsInRegion(deployment) === undefined)
    throw new UserError(`Nothing was done: ${name} has started already.`);
}

/** What it waits for: to start, or to go on in a region. */
function waitsFor(deployment: Deployment): string | undefined {
  const { phase } = deployment;
  return phase.kind === 'waiting' ? phase.for : waitsInRegion(deployment)?.for;
}

function requireWaiting(deployment: Deployment, { policy }: Pick<Reached, 'policy'>): void {
  const { number, phase } = deployment;
  if (isEmergency(deployment, policy.version))
    throw new UserError(`#${number} is an emergency already, and starts by itself.`);
  if (phase.kind === 'awaiting-approval' || waitsFor(deployment) !== undefined) return;
  throw new UserError(`#${number} waits for nobody: it is being checked, and starts by itself.`);
}

function requireOther(
  { number, environment, requestedBy }: Deployment,
  { actor }: Caller,
  { policy }: Pick<Reached, 'policy'>,
): void {
  const isOwn = requestedBy.kind === 'person' && requestedBy.userId === actor.userId;
  if (!isOwn || environmentNamed(policy, environment)?.approvals?.emergencyAlone === true) return;
  throw new UserError(
    `You asked for #${number} yourself, so another incident commander has to call it an emergency.`,
  );
}

function requireReason({ why = '' }: LetStart, other = ''): void {
  if (why.trim() !== '' || other.trim() !== '') return;
  throw new UserError('Nothing was done: say why. The reason is kept with it and shown to everybody.');
}

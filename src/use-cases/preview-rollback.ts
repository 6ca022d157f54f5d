import { ending, requireAbortable } from '../domain/decisions.ts';
import { type Deployment, isFinished, isInTheWay } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type ServicePolicy,
  serviceNamed,
} from '../domain/policy.ts';
import type { Live } from '../domain/release.ts';
import type { Adapters } from './adapters.ts';
import { isReplaceable } from './automatic-request.ts';
import { type ForeignWeights, livesToUndo } from './lives-to-undo.ts';
import { patience } from './patiently.ts';
import { requireGoodBefore } from './release-before.ts';
import { type NamedRelease, releaseNamed } from './release-named.ts';
import type { ShownPlans } from './shown-plans.ts';
import { requireDeployment } from './steer-deployment.ts';
import { type SlowRegion, undoPlans } from './undo-plans.ts';

/** What a rollback would do now, for a person to confirm. */
export type RollbackPreview =
  /** The deployment is still under way: rolling back means aborting it. */
  | { kind: 'abort'; deployment: Deployment }
  | UndoPreview
  /** It is being undone already. */
  | { kind: 'under-way'; undoes: number; by: Deployment };

export type UndoPreview = {
  kind: 'undo';
  undoes: Deployment;
  plan: Plan;
  /** Until the earlier release has all traffic; watching it afterwards is no part of it. */
  seconds: number;
  service: ServicePolicy;
  /** Regions in which tasks have to be started first, and why. Empty: it is instant, where the service is in colours. */
  slow: SlowRegion[];
  /** At once, with fewer tasks than there should be. Absent: that would not be faster, or there are none at all. */
  emergency?: { plan: Plan; seconds: number };
  /** Weights that somebody else set: to confirm overrides exactly them. */
  foreign: ForeignWeights[];
};

/** What rolling back needs from the world, and the plans that people were shown of it. */
export type RollbackAdapters = Adapters & { shownPlans: ShownPlans };

/** How many deployments back Forge looks for the one whose release is live. */
const DEPTH = 50;

/** Where a rollback goes: to the release that ran before, or to one that a person named. */
export type Destination = { version?: string };

/** What rolling back deployment `number` would do now. Throws a `UserError` where that is nothing. */
export async function previewRollbackOf(
  number: number,
  adapters: RollbackAdapters,
  destination: Destination = {},
): Promise<RollbackPreview> {
  const found = await whatToUndo(number, adapters);
  if (found.kind !== 'undoable') return found;
  return previewUndo(found.undoes, found, destination, adapters);
}

export type WhatToUndo =
  | Exclude<RollbackPreview, { kind: 'undo' }>
  | { kind: 'undoable'; undoes: Deployment; service: ServicePolicy; environment: EnvironmentPolicy };

/** Whether a deployment can be undone now, by Forge's own records alone. Throws a `UserError` where it cannot. */
export async function whatToUndo(number: number, adapters: Adapters): Promise<WhatToUndo> {
  const deployment = await requireDeployment(number, adapters.store);
  if (!isFinished(deployment)) return abortOf(deployment);
  const undoing = await undoingOf(number, adapters);
  if (undoing !== undefined) return { kind: 'under-way', undoes: number, by: undoing };
  const { service, environment } = placeOf(deployment, adapters);
  const unfinished = await adapters.store.unfinished({
    ...{ service: service.name, environment: environment.name },
  });
  const busy = unfinished.find((one) => isInTheWay(one) && !isReplaceable(one));
  if (busy !== undefined) {
    throw new UserError(
      `#${busy.number} is under way on ${service.title} in ${environment.name}. To stop it and put back what it replaces, use \`/forge abort #${busy.number}\`.`,
    );
  }
  requireUndoable(deployment);
  return { kind: 'undoable', undoes: deployment, service, environment };
}

/** What rolling back a service in an environment would do now: abort what runs, else undo what is live. */
export async function previewRollback(
  place: { service: ServicePolicy; environment: EnvironmentPolicy },
  adapters: RollbackAdapters,
  destination: Destination = {},
): Promise<RollbackPreview> {
  const where = { service: place.service.name, environment: place.environment.name };
  const unfinished = await adapters.store.unfinished(where);
  const running = unfinished.find((one) => isInTheWay(one) && !isReplaceable(one));
  if (running?.undoes !== undefined) return { kind: 'under-way', undoes: running.undoes, by: running };
  if (running !== undefined) return abortOf(running);
  const live = liveDeployment(await adapters.store.succeeded({ ...where, limit: DEPTH }));
  if (live !== undefined) {
    requireUndoable(live);
    const found = await previewUndo(live, place, destination, adapters);
    // Nobody who types a plain rollback means a release that was itself taken away; who names one does.
    if (destination.version === undefined) await requireGoodBefore(live, adapters.store);
    return found;
  }
  throw new UserError(
    `Forge has not put anything on ${place.service.title} in ${place.environment.name} that it could take back. To go to a release you know, type \`/forge deploy ${where.service} ${where.environment}\` and its version.`,
  );
}

/**
 * The deployment whose release is live as far as Forge knows: the newest that succeeded, did not itself only undo, and
 * was neither undone nor replaced. Undefined: what is live was not put there by Forge. `succeeded` is newest first.
 */
export function liveDeployment(succeeded: readonly Deployment[]): Deployment | undefined {
  return succeeded.find(
    ({ undoes, undoneBy, replacedBy }) =>
      undoes === undefined && undoneBy === undefined && replacedBy === undefined,
  );
}

/** Throws the `UserError` that says it is being put back or aborted already. */
function abortOf(deployment: Deployment): Extract<RollbackPreview, { kind: 'abort' }> {
  requireAbortable(deployment);
  return { kind: 'abort', deployment };
}

async function previewUndo(
  undoes: Deployment,
  { service, environment }: { service: ServicePolicy; environment: EnvironmentPolicy },
  { version }: Destination,
  adapters: RollbackAdapters,
): Promise<UndoPreview> {
  const { clock, policy, store, shownPlans } = adapters;
  const place = { service: service.name, environment: environment.name };
  const named = version === undefined ? undefined : await releaseNamed(version, { ...place, undoes }, store);
  const { live, foreign } = await patience(clock)((options) =>
    livesToUndo({ service, undoes }, adapters, options),
  );
  requireLive(undoes, live, service);
  const before = beforeOf(undoes, named, live);
  const plans = undoPlans({ service, environment, live, before, timing: policy.timing, undoes, foreign });
  const { plan, emergency } = plans;
  shownPlans.keep({ plan, ...(emergency === undefined ? {} : { emergency: emergency.plan }) }, clock.now());
  return { kind: 'undo', undoes, service, foreign, ...plans };
}

/** A named release goes on the colour that takes no traffic, wherever it was before. */
function beforeOf(
  undoes: Deployment,
  named: NamedRelease | undefined,
  live: Record<string, Live>,
): Record<string, Live> {
  if (named === undefined) return undoes.plan.from;
  return Object.fromEntries(
    Object.entries(named).map(([region, before]) => {
      const idle = live[region]?.idle?.place;
      return [region, idle === undefined ? before : { ...before, place: idle }];
    }),
  );
}

function requireUndoable(deployment: Deployment): void {
  const name = `#${deployment.number}`;
  if (deployment.undoes !== undefined) {
    const undid = `${name} is itself a rollback: it undid #${deployment.undoes}.`;
    throw new UserError(`${undid} To have the newer release again, deploy it: ${deployAgain(deployment)}.`);
  }
  const isLive =
    deployment.phase.kind === 'succeeded' &&
    deployment.undoneBy === undefined &&
    deployment.replacedBy === undefined;
  if (!isLive) {
    throw new UserError(
      `${name} is not live, so there is nothing of it to roll back: ${ending(deployment)} \`/forge status\` shows what is live.`,
    );
  }
}

/** What to type for the release that a rollback took away. */
function deployAgain({ plan, service, environment }: Deployment): string {
  const [version, ...others] = new Set(Object.values(plan.from).map((live) => live.version));
  const command = `/forge deploy ${service} ${environment}`;
  return version === undefined || others.length > 0
    ? `\`${command}\` and its version`
    : `\`${command} ${version}\``;
}

/** Refuses when something else than that deployment's release is live: then "the one before" is a guess. */
function requireLive(deployment: Deployment, live: Record<string, Live>, service: ServicePolicy): void {
  for (const [region, now] of Object.entries(live)) {
    const digest = deployment.plan.to.digests[region];
    if (digest === undefined || digest === now.digest) continue;
    throw new UserError(
      `${service.title} runs ${now.version} in ${region}, which #${deployment.number} did not put there: somebody changed it outside Forge. Say where to go instead: \`/forge deploy ${service.name} ${deployment.environment}\` and a version.`,
    );
  }
}

async function undoingOf(number: number, { store }: Adapters): Promise<Deployment | undefined> {
  const deployment = await requireDeployment(number, store);
  const unfinished = await store.unfinished({
    service: deployment.service,
    environment: deployment.environment,
  });
  const running = unfinished.find(({ undoes }) => undoes === number);
  if (running !== undefined) return running;
  return deployment.undoneBy === undefined ? undefined : store.deployment(deployment.undoneBy);
}

function placeOf(
  deployment: Deployment,
  { policy }: Adapters,
): { service: ServicePolicy; environment: EnvironmentPolicy } {
  const service = serviceNamed(policy, deployment.service);
  const environment = environmentNamed(policy, deployment.environment);
  if (service !== undefined && environment !== undefined) return { service, environment };
  throw new UserError(
    `#${deployment.number} was on ${deployment.service} in ${deployment.environment}, which the policy file no longer has. Ask an admin to put it back into forge.yml.`,
  );
}

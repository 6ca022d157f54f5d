import { ending, requireAbortable } from '../domain/decisions.ts';
import { type Deployment, isFinished } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import { expectedSeconds } from '../domain/estimate.ts';
import type { Plan } from '../domain/plan.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type ServicePolicy,
  serviceNamed,
} from '../domain/policy.ts';
import type { Live } from '../domain/release.ts';
import { planUndo } from '../strategies/plan-deployment.ts';
import type { Adapters } from './adapters.ts';
import { livesOf } from './lives.ts';
import { patience } from './patiently.ts';
import { requireGoodBefore } from './release-before.ts';
import { requireDeployment } from './steer-deployment.ts';

/** What a rollback would do now, for a person to confirm. */
export type RollbackPreview =
  /** The deployment is still under way: rolling back means aborting it. */
  | { kind: 'abort'; deployment: Deployment }
  | { kind: 'undo'; undoes: Deployment; plan: Plan; seconds: number; service: ServicePolicy }
  /** It is being undone already. */
  | { kind: 'under-way'; undoes: number; by: Deployment };

/** How many deployments back Forge looks for the one whose release is live. */
const DEPTH = 50;

/** What rolling back deployment `number` would do now. Throws a `UserError` where that is nothing. */
export async function previewRollbackOf(number: number, adapters: Adapters): Promise<RollbackPreview> {
  const deployment = await requireDeployment(number, adapters.store);
  if (!isFinished(deployment)) return abortOf(deployment);
  const undoing = await undoingOf(number, adapters);
  if (undoing !== undefined) return { kind: 'under-way', undoes: number, by: undoing };
  const { service, environment } = placeOf(deployment, adapters);
  const [busy] = await adapters.store.unfinished({ service: service.name, environment: environment.name });
  if (busy !== undefined) {
    throw new UserError(
      `#${busy.number} is under way on ${service.title} in ${environment.name}. To stop it and put back what it replaces, use \`/forge abort #${busy.number}\`.`,
    );
  }
  return previewUndo(deployment, { service, environment }, adapters);
}

/** What rolling back a service in an environment would do now: abort what runs, else undo what is live. */
export async function previewRollback(
  place: { service: ServicePolicy; environment: EnvironmentPolicy },
  adapters: Adapters,
): Promise<RollbackPreview> {
  const where = { service: place.service.name, environment: place.environment.name };
  const [running] = await adapters.store.unfinished(where);
  if (running?.undoes !== undefined) return { kind: 'under-way', undoes: running.undoes, by: running };
  if (running !== undefined) return abortOf(running);
  const live = liveDeployment(await adapters.store.succeeded({ ...where, limit: DEPTH }));
  if (live !== undefined) {
    const found = await previewUndo(live, place, adapters);
    await requireGoodBefore(live, adapters.store);
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
function abortOf(deployment: Deployment): RollbackPreview {
  requireAbortable(deployment);
  return { kind: 'abort', deployment };
}

async function previewUndo(
  deployment: Deployment,
  place: { service: ServicePolicy; environment: EnvironmentPolicy },
  adapters: Adapters,
): Promise<RollbackPreview> {
  const { service, environment } = place;
  requireUndoable(deployment);
  const live = await patience(adapters.clock)((options) =>
    livesOf(adapters.platform, service, environment.name, options),
  );
  requireLive(deployment, live, service);
  const before = deployment.plan.from;
  const plan = planUndo({ service, environment, live, before, timing: adapters.policy.timing });
  const expected = expectedSeconds(plan, deployment);
  const seconds = Object.values(expected).reduce((sum, one) => sum + one, 0);
  return { kind: 'undo', undoes: deployment, plan, seconds, service };
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

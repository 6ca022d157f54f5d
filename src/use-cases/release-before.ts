import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Store } from '../ports/store.ts';

/** How many deployments back Forge looks for the one that put the release before there. */
const DEPTH = 50;

/**
 * Throws a `UserError` when the release that ran before `deployment` is one that Forge itself took away the last time it
 * was deployed there: nobody who types a plain rollback means that one.
 */
export async function requireGoodBefore(deployment: Deployment, store: Store): Promise<void> {
  const { service, environment, number } = deployment;
  const there = await store.history({ service, environment, limit: DEPTH });
  const last = there.find(
    (other) =>
      other.number !== number && other.undoes === undefined && isOfTheReleaseBefore(other, deployment),
  );
  const end = last === undefined ? undefined : badEnd(last);
  if (last === undefined || end === undefined) return;
  throw new UserError(
    `Before #${number} ran ${last.plan.to.version}, which is no release to go back to: #${last.number} deployed it last, and ${end}. Say where to go instead: \`/forge deploy ${service} ${environment}\` and a version. To see what became of each, type \`/forge history ${service} ${environment}\`.`,
  );
}

/** Whether it put there, in any region, what `deployment` replaced. One without effects put nothing there. */
function isOfTheReleaseBefore({ plan, startedAt }: Deployment, deployment: Deployment): boolean {
  if (startedAt === undefined) return false;
  return Object.entries(deployment.plan.from).some(
    ([region, before]) => before.digest !== undefined && plan.to.digests[region] === before.digest,
  );
}

function badEnd({ phase, undoneBy }: Deployment): string | undefined {
  if (undoneBy !== undefined) return `#${undoneBy} rolled that back`;
  if (phase.kind === 'rolled-back') return 'that failed';
  if (phase.kind === 'aborted') return 'that was aborted';
  if (phase.kind === 'left') return 'that was never brought to an end';
  return undefined;
}

import type { Deployment } from '../../src/domain/deployment.ts';
import { fitsPattern } from '../../src/domain/name-pattern.ts';
import type { EnvironmentPolicy } from '../../src/domain/policy.ts';
import type { Turn } from './turn.ts';

/** What was merged, and where it is to be deployed. `mergedAt`: when Forge learnt of it, in milliseconds since the epoch. */
export type MergedInto = { environment: EnvironmentPolicy; commit: string; mergedAt: number };

/** Newer ones of triggers that are asked whether they contain it. */
const MOST_COMPARED = 3;

/** The deployment of what was merged, or of something newer that contains it. */
export async function deploymentOf(turn: Turn, place: MergedInto): Promise<Deployment | undefined> {
  const since = await deploymentsSince(turn, place);
  const exact = since.filter(({ plan }) => plan.to.commit === place.commit);
  const alive = exact.findLast(({ phase }) => phase.kind !== 'superseded');
  return alive ?? (await newerOne(turn, place, since)) ?? exact.at(-1);
}

/** The newest first. A trigger may have been quicker than Forge’s note of the merge, a person was not. */
async function deploymentsSince(
  { shipment, service, world }: Turn,
  { environment, mergedAt }: MergedInto,
): Promise<Deployment[]> {
  const openedAt = shipment.pull?.openedAt ?? mergedAt;
  const filter = { service: service.name, environment: environment.name, limit: 20 };
  return (await world.store.history(filter)).filter(
    ({ requestedAt, requestedBy }) => requestedAt >= (requestedBy.kind === 'trigger' ? openedAt : mergedAt),
  );
}

async function newerOne(
  { shipment, host, signal }: Turn,
  { commit }: MergedInto,
  since: readonly Deployment[],
): Promise<Deployment | undefined> {
  const triggered = since.filter(
    ({ undoes, requestedBy }) => undoes === undefined && requestedBy.kind === 'trigger',
  );
  for (const deployment of triggered.slice(0, MOST_COMPARED)) {
    const { commit: head } = deployment.plan.to;
    if (head === undefined) continue;
    const { status } = await host.compare(shipment.repository, { base: commit, head }, { signal });
    if (status === 'ahead') return deployment;
  }
  return undefined;
}

/** Whether what is merged there is deployed without anybody asking for it. Where people hold that, it is not. */
export async function isTriggered(
  { shipment, service, github, world }: Turn,
  { environment: { name, triggers } }: MergedInto,
): Promise<boolean> {
  const { push } = triggers ?? {};
  if (github.triggers === undefined || push === undefined || !fitsPattern(shipment.base, push)) return false;
  const hold = await world.store.automaticHold({ service: service.name, environment: name });
  return hold === undefined;
}

import type { Deployment } from '../domain/deployment.ts';
import type { Policy } from '../domain/policy.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { Change, Store } from '../ports/store.ts';
import { ringPreparing } from './prepare-bell.ts';
import { ringShipment } from './shipment-run.ts';

/** Where the code host says that there is something to see. Foreign text. */
export type News = {
  repository: string;
  branches: readonly string[];
  /** 40 hexadecimal digits each. */
  commits: readonly string[];
  /** A branch that moved: what is shipped to it may conflict with it now. */
  base?: string;
};

type Known = { store: Pick<Store, 'openShipments' | 'unfinished'>; policy: Policy };

const BY = 'github';

/**
 * Has everything that waits for such news look at the code host now: shipments of such a branch or commit, and deployments whose
 * checks are of such a commit. Nothing of what was delivered is passed on. The same `id` rings once, and what was rung and has not
 * looked yet is not rung again.
 */
export async function wakeByNews(news: News, { id }: { id: string }, known: Known): Promise<Change[]> {
  const { shipments, deployments } = await whoWaits(news, known);
  const ring = { id, by: BY };
  return [
    ...shipments.map((shipment) => ringShipment(shipment, ring)),
    ...deployments.map(({ number }) => ringPreparing(number, ring)),
  ].map((change) => ({ ...change, unlessRung: true }));
}

/** Whether there is anything that would be woken. */
export async function isAwaited(news: News, known: Known): Promise<boolean> {
  const { shipments, deployments } = await whoWaits(news, known);
  return shipments.length > 0 || deployments.length > 0;
}

async function whoWaits(news: News, { store, policy }: Known) {
  const services = policy.services.filter(
    ({ repository }) => repository.toLowerCase() === news.repository.toLowerCase(),
  );
  if (services.length === 0) return { shipments: [], deployments: [] };
  const repositories = new Set(services.map(({ repository }) => repository));
  const names = new Set(services.map(({ name }) => name));
  const shipments = (await store.openShipments()).filter(
    (shipment) => repositories.has(shipment.repository) && isOfShipment(news, shipment),
  );
  const deployments = (await store.unfinished()).filter(
    (deployment) => names.has(deployment.service) && isOfChecks(news, deployment),
  );
  return { shipments, deployments };
}

function isOfShipment({ branches, commits, base }: News, shipment: Shipment): boolean {
  return (
    branches.includes(shipment.branch) ||
    shipment.base === base ||
    commits.includes(shipment.head) ||
    (shipment.merged !== undefined && commits.includes(shipment.merged.commit))
  );
}

function isOfChecks({ commits }: News, { phase, plan }: Deployment): boolean {
  const { commit } = plan.to;
  return phase.kind === 'checking' && commit !== undefined && commits.includes(commit);
}

import { type Deployment, isInTheWay } from '../domain/deployment.ts';
import { messageOf } from '../domain/errors.ts';
import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import type { Live, Target } from '../domain/release.ts';
import type { Split } from '../domain/traffic.ts';
import { type Adapters, PATIENCE } from './adapters.ts';

export type RegionStatus =
  | { kind: 'live'; region: string; live: Live }
  /** The deployment that runs moves traffic there: how it is split now, as the load balancer says; absent where its rules disagree. */
  | { kind: 'moving'; region: string; split: Split | undefined }
  /** The platform did not say: shown as unknown, never as what we last believed. */
  | { kind: 'unknown'; region: string; reason: string };

export type ServiceStatus = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  regions: RegionStatus[];
  /** The deployment that put there what Forge last put there. */
  last: Deployment | undefined;
  /** A newer one that Forge left as it was: what is live now may be of its making. */
  left?: Deployment;
  /** What is under way. */
  running: Deployment | undefined;
  /** What waits for people or for its time and holds nobody up, the oldest first. */
  waiting: readonly Deployment[];
};

/** What is live where, by whom, and what is under way; asked of the platform now. Never throws for a platform that does not answer. */
export async function status(
  filter: { service?: string; environment?: string },
  adapters: Adapters,
): Promise<ServiceStatus[]> {
  const places = adapters.policy.environments
    .filter(({ name }) => filter.environment === undefined || name === filter.environment)
    .flatMap((environment) =>
      adapters.policy.services
        .filter(({ name, runs }) => runs[environment.name] !== undefined && (filter.service ?? name) === name)
        .map((service) => ({ service, environment })),
    );
  return Promise.all(places.map((place) => serviceStatus(place, adapters)));
}

async function serviceStatus(
  { service, environment }: { service: ServicePolicy; environment: EnvironmentPolicy },
  adapters: Adapters,
): Promise<ServiceStatus> {
  const place = { service: service.name, environment: environment.name };
  const [[last], unfinished, [newest]] = await Promise.all([
    adapters.store.succeeded({ ...place, limit: 1 }),
    adapters.store.unfinished(place),
    adapters.store.history({ ...place, limit: 1 }),
  ]);
  const running = unfinished.find(isInTheWay);
  const waiting = unfinished.filter((one) => !isInTheWay(one));
  const regions = await Promise.all(
    (service.runs[environment.name] ?? []).map(({ region }) =>
      regionStatus({ ...place, region }, running, adapters),
    ),
  );
  const left = newest?.phase.kind === 'left' ? { left: newest } : {};
  return { service, environment, regions, last, running, waiting, ...left };
}

async function regionStatus(
  target: Target,
  running: Deployment | undefined,
  { platform }: Adapters,
): Promise<RegionStatus> {
  const { region } = target;
  const options = { signal: AbortSignal.timeout(PATIENCE) };
  try {
    // No one release is live while traffic is on its way from one to another.
    if (running?.traffic[region] !== undefined) {
      const { split } = await platform.traffic(target, options);
      return { kind: 'moving', region, split };
    }
    const live = await platform.live(target, options);
    return { kind: 'live', region, live };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const reason = isLate ? `AWS did not answer within ${PATIENCE / 1000} seconds.` : messageOf(error);
    return { kind: 'unknown', region, reason };
  }
}

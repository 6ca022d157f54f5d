import {
  type Deployment,
  DescribeServicesCommand,
  type DescribeServicesCommandOutput,
  type ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { callAws } from '../../aws/call.ts';
import type { Colour } from '../../domain/release.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { EcsColours, EcsPlace } from './place.ts';

/** One deployment of an ECS service: how ECS gets from one revision to another. */
export type Rollout = {
  id: string;
  /** Task definition ARN. */
  revision: string;
  state: 'in-progress' | 'completed' | 'failed' | 'unknown';
  stateReason: string | undefined;
  running: number;
  pending: number;
  /** Tasks that failed in a row, as ECS counts them. */
  failedTasks: number;
  createdAt: Date | undefined;
};

/** What Forge needs to know of an ECS service. */
export type EcsService = {
  primary: Rollout;
  /** Revisions on their way out. */
  others: Rollout[];
  desired: number;
  targetGroups: string[];
  /** Newest first. */
  events: { message: string; createdAt: Date | undefined }[];
  settings: NonNullable<Service['deploymentConfiguration']>;
};

/** Reads a service Forge can deploy to; anything else is `PlatformRefused` with the reason. */
export async function readService(ecs: ECSClient, place: EcsPlace, signal: AbortSignal): Promise<EcsService> {
  const { cluster, ecsService, title } = place;
  const command = new DescribeServicesCommand({ cluster, services: [ecsService] });
  const answer = await callAws(`read the ECS service of ${title}`, signal, (options) =>
    ecs.send(command, options),
  );
  return requireFit(place, answer.services?.[0], answer);
}

/** As `readService`, of both colours in one call. */
export async function readServices(
  ecs: ECSClient,
  { blue, green, title }: EcsColours,
  signal: AbortSignal,
): Promise<Record<Colour, EcsService>> {
  const services = [blue.ecsService, green.ecsService];
  const command = new DescribeServicesCommand({ cluster: blue.cluster, services });
  const answer = await callAws(`read the ECS services of ${title}`, signal, (options) =>
    ecs.send(command, options),
  );
  const named = ({ ecsService }: EcsPlace) =>
    answer.services?.find((each) => each.serviceName === ecsService);
  return { blue: requireFit(blue, named(blue), answer), green: requireFit(green, named(green), answer) };
}

/** Tasks of a service that run, of whatever revision. */
export function runningTasks(service: EcsService): number {
  return service.primary.running + oldTasks(service);
}

function requireFit(
  place: EcsPlace,
  service: Service | undefined,
  { failures }: DescribeServicesCommandOutput,
): EcsService {
  if (service === undefined) {
    const failure = failures?.find((each) => each.arn?.endsWith(`/${place.ecsService}`) === true);
    throw missing(place, (failure ?? failures?.[0])?.reason);
  }
  const unfit = unfitness(service);
  if (unfit !== undefined) throw new PlatformRefused(`${place.title} ${unfit}`);
  return parse(service, place);
}

/**
 * The rollout has put its revision in service and nothing else is on its way. ECS gives some services no rollout state:
 * those are judged by their tasks.
 */
export function isSteady({ primary, others, desired }: EcsService): boolean {
  if (others.length > 0) return false;
  if (primary.state === 'unknown') return primary.running === desired && primary.pending === 0;
  return primary.state === 'completed';
}

/** Tasks of earlier revisions that still run. */
export function oldTasks(service: EcsService): number {
  let count = 0;
  for (const rollout of service.others) count += rollout.running;
  return count;
}

function missing(place: EcsPlace, reason: string | undefined): PlatformRefused | PlatformUnavailable {
  const { ecsService, cluster } = place;
  if (reason !== 'MISSING') {
    return new PlatformUnavailable(
      `ECS does not describe the service ${ecsService}: ${reason ?? 'no reason'}.`,
    );
  }
  return new PlatformRefused(
    `${place.title} is missing: the cluster ${cluster} has no service ${ecsService}. Create it, or correct its name in forge.yml.`,
  );
}

/** Why Forge must not deploy to a service, as the end of a sentence. */
function unfitness(service: Service): string | undefined {
  if (service.status !== 'ACTIVE') {
    return `is being deleted (${service.status ?? 'no status'}). Create the service again, or take it out of forge.yml.`;
  }
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') {
    return `is deployed by ${controller}, which Forge must not work against. Give the service the deployment controller ECS.`;
  }
  const strategy = service.deploymentConfiguration?.strategy ?? 'ROLLING';
  if (strategy !== 'ROLLING') {
    return `has the ECS strategy ${strategy}, which Forge does not drive. Set the service’s strategy to ROLLING.`;
  }
  if (service.loadBalancers?.some((each) => each.advancedConfiguration !== undefined)) {
    return 'lets ECS shift its traffic (advancedConfiguration of its load balancer). Remove that from the service.';
  }
  if (service.schedulingStrategy === 'DAEMON') {
    return 'runs one task on every machine (DAEMON), which Forge does not deploy. Use the scheduling strategy REPLICA.';
  }
  return undefined;
}

function parse(service: Service, place: EcsPlace): EcsService {
  const rollouts = (service.deployments ?? []).map((each) => ({
    status: each.status,
    rollout: rolloutOf(each),
  }));
  const primary = rollouts.find((each) => each.status === 'PRIMARY')?.rollout;
  if (primary === undefined) {
    throw new PlatformUnavailable(`ECS describes ${place.title} without a primary deployment.`);
  }
  return {
    primary,
    others: rollouts.filter((each) => each.status !== 'PRIMARY').map((each) => each.rollout),
    desired: service.desiredCount ?? 0,
    targetGroups: (service.loadBalancers ?? []).flatMap((each) => each.targetGroupArn ?? []),
    events: (service.events ?? []).map(({ message = '', createdAt }) => ({ message, createdAt })),
    settings: service.deploymentConfiguration ?? {},
  };
}

function rolloutOf(deployment: Deployment): Rollout {
  return {
    id: deployment.id ?? '',
    revision: deployment.taskDefinition ?? '',
    state: stateOf(deployment),
    stateReason: deployment.rolloutStateReason,
    running: deployment.runningCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    createdAt: deployment.createdAt,
  };
}

function stateOf(deployment: Deployment): Rollout['state'] {
  switch (deployment.rolloutState) {
    case 'COMPLETED':
      return 'completed';
    case 'FAILED':
      return 'failed';
    case 'IN_PROGRESS':
      return 'in-progress';
    case undefined:
      return 'unknown';
  }
}

import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import type { World } from '../world.ts';
import { setDesiredCount, startDeployment } from './deployments.ts';
import { findCluster, findService, findTaskDefinition } from './find.ts';
import type { CircuitBreaker, Service, TaskDefinition } from './model.ts';
import { serviceView, staleMs } from './views.ts';

const DeploymentConfiguration = z.object({
  deploymentCircuitBreaker: z
    .object({
      enable: z.boolean(),
      rollback: z.boolean(),
      resetOnHealthyTask: z.boolean().default(true),
      thresholdConfiguration: z
        .object({ type: z.enum(['BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT']), value: z.int().min(1) })
        .optional(),
    })
    .optional(),
  maximumPercent: z.int().min(100).optional(),
  minimumHealthyPercent: z.int().min(0).optional(),
});

const UpdateServiceInput = z.object({
  cluster: z.string().optional(),
  service: z.string(),
  desiredCount: z.int().min(0).optional(),
  taskDefinition: z.string().optional(),
  deploymentConfiguration: DeploymentConfiguration.optional(),
  healthCheckGracePeriodSeconds: z.int().min(0).max(2_147_483_647).optional(),
  forceNewDeployment: z.boolean().default(false),
});
type UpdateServiceInput = z.infer<typeof UpdateServiceInput>;

export const updateService = operation(
  UpdateServiceInput,
  'InvalidParameterException',
  (input, { world, scope }) => {
    const cluster = findCluster(world, scope, input.cluster);
    const service = findService(world, cluster, input.service);
    if (service === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.');
    const taskDefinition =
      input.taskDefinition === undefined ? undefined : findTaskDefinition(world, scope, input.taskDefinition);
    if (input.taskDefinition !== undefined && taskDefinition === undefined) {
      throw new AwsError('ClientException', 'TaskDefinition not found.');
    }
    if (input.healthCheckGracePeriodSeconds !== undefined && service.targetGroup === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'Health check grace period is only valid for services configured to use load balancers',
      );
    }
    const before = serviceView(service, world);
    apply(service, { ...input, taskDefinition }, world);
    service.stale = { untilMs: Date.now() + staleMs(world), view: before };
    world.changed();
    return { service: serviceView(service, world) };
  },
);

function apply(
  service: Service,
  update: Omit<UpdateServiceInput, 'taskDefinition'> & { taskDefinition: TaskDefinition | undefined },
  world: World,
): void {
  const { deploymentConfiguration: configuration, desiredCount } = update;
  service.maximumPercent = configuration?.maximumPercent ?? service.maximumPercent;
  service.minimumHealthyPercent = configuration?.minimumHealthyPercent ?? service.minimumHealthyPercent;
  service.circuitBreaker = circuitBreaker(configuration) ?? service.circuitBreaker;
  service.healthCheckGracePeriodSeconds =
    update.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds;
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (desiredCount !== undefined && desiredCount !== service.desiredCount) {
    setDesiredCount(service, desiredCount);
  }
  const current = primary?.taskDefinition;
  const wanted = update.taskDefinition ?? current;
  // A new number of tasks alone is no new deployment.
  if (wanted === undefined || (wanted === current && !update.forceNewDeployment)) return;
  startDeployment(service, wanted, world);
}

function circuitBreaker(
  configuration: z.infer<typeof DeploymentConfiguration> | undefined,
): CircuitBreaker | undefined {
  const wanted = configuration?.deploymentCircuitBreaker;
  if (wanted === undefined) return undefined;
  const { enable, rollback, resetOnHealthyTask } = wanted;
  const threshold = wanted.thresholdConfiguration ?? { type: 'BOUNDED_PERCENT', value: 50 };
  return { enable, rollback, resetOnHealthyTask, threshold };
}

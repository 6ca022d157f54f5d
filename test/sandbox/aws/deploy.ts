import {
  type DeploymentCircuitBreaker,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { buildImage } from '../../../sandbox/aws/ecr/image.ts';
import { registryHost } from '../../../sandbox/aws/names.ts';
import { describeService, type TestAws } from './start-aws.ts';

/** `host/repository@digest` of a version of the seed. */
export function imageReference({ seed }: TestAws, version: string, repository = 'acme-api'): string {
  const source = seed.images.find((one) => one.version === version && one.repository === repository);
  if (source === undefined) throw new Error(`The seed has no ${repository} ${version}`);
  return `${registryHost(source)}/${repository}@${buildImage(source).digest}`;
}

/** Registers the service's live revision with another image, as a deployment tool does. */
async function registerWithImage(world: TestAws, name: string, image: string): Promise<string> {
  const { ecs } = world;
  const { taskDefinition: live } = await describeService(world, name);
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: live }));
  const { family, containerDefinitions, cpu, memory, networkMode, requiresCompatibilities } =
    described.taskDefinition ?? {};
  const input: RegisterTaskDefinitionCommandInput = {
    family,
    cpu,
    memory,
    networkMode,
    requiresCompatibilities,
    containerDefinitions: containerDefinitions?.map((container) => ({ ...container, image })),
  };
  const registered = await ecs.send(new RegisterTaskDefinitionCommand(input));
  const arn = registered.taskDefinition?.taskDefinitionArn;
  if (arn === undefined) throw new Error('Nothing was registered');
  return arn;
}

export const breaker: DeploymentCircuitBreaker = {
  enable: true,
  rollback: false,
  resetOnHealthyTask: false,
  thresholdConfiguration: { type: 'COUNT', value: 3 },
};

/** Starts a rolling deployment; resolves with the revision when ECS has accepted it. */
export async function deploy(
  world: TestAws,
  request: { name?: string; image: string; breaker?: DeploymentCircuitBreaker; graceSeconds?: number },
): Promise<string> {
  const { name = 'api', image, graceSeconds } = request;
  const taskDefinition = await registerWithImage(world, name, image);
  await world.ecs.send(
    new UpdateServiceCommand({
      cluster: 'forge-staging',
      service: name,
      taskDefinition,
      healthCheckGracePeriodSeconds: graceSeconds,
      deploymentConfiguration: { deploymentCircuitBreaker: request.breaker ?? breaker },
    }),
  );
  return taskDefinition;
}

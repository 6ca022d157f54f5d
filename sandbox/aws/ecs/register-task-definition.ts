import { AwsError } from '../aws-error.ts';
import { type Scope, taskDefinitionArn } from '../names.ts';
import { operation } from '../operation.ts';
import type { World } from '../world.ts';
import { startOrder } from './container-order.ts';
import type { TaskDefinition } from './model.ts';
import { TaskDefinitionInput } from './task-definition-input.ts';
import { taskDefinitionView } from './views.ts';

export const registerTaskDefinition = operation(
  TaskDefinitionInput,
  'InvalidParameterException',
  (input, { world, scope }) => {
    refuseWhatEcsRefuses(input);
    const definition = addTaskDefinition(input, { world, scope });
    return { taskDefinition: taskDefinitionView(definition), tags: definition.tags };
  },
);

/** Adds the next revision of its family. */
export function addTaskDefinition(
  input: TaskDefinitionInput,
  { world, scope }: { world: World; scope: Scope },
): TaskDefinition {
  const { account, region } = scope;
  const { family } = input;
  const before = world.taskDefinitions.findLast(
    (other) => other.family === family && other.account === account && other.region === region,
  );
  const revision = (before?.revision ?? 0) + 1;
  const definition: TaskDefinition = {
    account,
    region,
    arn: taskDefinitionArn({ account, region }, family, revision),
    family,
    revision,
    registeredAt: new Date(),
    input,
    tags: input.tags ?? [],
  };
  world.taskDefinitions.push(definition);
  return definition;
}

function refuseWhatEcsRefuses(input: TaskDefinitionInput): void {
  const { family, containerDefinitions: containers, tags } = input;
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
    refuse('Family contains invalid characters or is too long.');
  }
  if (tags?.length === 0) throw new AwsError('InvalidParameterException', 'Tags can not be empty.');
  if (containers.length === 0) refuse('Container list cannot be empty.');
  for (const { name, image } of containers) {
    if (name === '') refuse('Container.name should not be null or empty.');
    if (image === '') refuse('Container.image should not be null or empty.');
    if (!isImageReference(image))
      refuse(`Container.image contains invalid characters or is too long: ${image}`);
  }
  const names = new Set(containers.map(({ name }) => name));
  if (names.size < containers.length) refuse('Container names must be unique within a task definition.');
  if (!containers.some(({ essential }) => essential)) {
    refuse('At least one container in a task definition must be essential.');
  }
  refuseUnresolvable(input);
  refuseUnfitForFargate(input);
  const size = JSON.stringify(input).length;
  if (size > 65_536) refuse(`Actual length: '${size}'. Max allowed length is '65536' bytes.`);
}

function refuseUnresolvable({ containerDefinitions: containers, volumes = [] }: TaskDefinitionInput): void {
  if (startOrder(containers) === undefined) {
    refuse('The dependencies between the containers cannot be resolved.');
  }
  for (const { mountPoints = [] } of containers) {
    const unknown = mountPoints.find(
      ({ sourceVolume }) => !volumes.some(({ name }) => name === sourceVolume),
    );
    if (unknown !== undefined) refuse(`Unknown volume '${unknown.sourceVolume}'.`);
  }
}

function refuseUnfitForFargate(input: TaskDefinitionInput): void {
  if (input.requiresCompatibilities?.includes('FARGATE') !== true) return;
  if (input.cpu === undefined) refuse("Fargate requires that 'cpu' be defined at the task level.");
  if (input.memory === undefined) refuse("Fargate requires that 'memory' be defined at the task level.");
  if (input.networkMode !== 'awsvpc') refuse("Networking mode must be 'awsvpc' for Fargate.");
}

function isImageReference(image: string): boolean {
  const [name = '', digest] = image.split('@');
  if (image.length > 255 || !/^[A-Za-z0-9][A-Za-z0-9_\-:./]*$/.test(name)) return false;
  return digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest);
}

function refuse(message: string): never {
  throw new AwsError('ClientException', message);
}

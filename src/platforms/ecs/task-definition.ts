import {
  type ContainerDefinition,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { attemptBy, callAws, changeAws } from '../../aws/call.ts';
import { canonicalJson } from '../../domain/json.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';

export type Described = { revision: string; definition: TaskDefinition; tags: Tag[] };

/** Reads a revision by its ARN, or the newest active one of a family. */
export async function readTaskDefinition(
  ecs: ECSClient,
  name: string,
  signal: AbortSignal,
): Promise<Described> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ['TAGS'] });
  const answer = await callAws(`read the task definition ${name}`, signal, (options) =>
    ecs.send(command, options),
  );
  const revision = answer.taskDefinition?.taskDefinitionArn;
  if (answer.taskDefinition === undefined || revision === undefined) {
    throw new PlatformUnavailable(`ECS answered without the task definition ${name}.`);
  }
  return { revision, definition: answer.taskDefinition, tags: answer.tags ?? [] };
}

/** As `readTaskDefinition`; undefined when ECS has no such revision, or no active one of the family. */
export async function findTaskDefinition(
  ecs: ECSClient,
  name: string,
  signal: AbortSignal,
): Promise<Described | undefined> {
  try {
    return await readTaskDefinition(ecs, name, signal);
  } catch (error) {
    if (error instanceof PlatformRefused && isNotFound(error.cause)) return undefined;
    throw error;
  }
}

/** ECS has no error of its own for it. */
function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'ClientException' && /unable to describe/i.test(error.message)
  );
}

/** Name of the container that carries the service's image: the one the policy names, or the only essential one. */
export function imageContainer(definition: TaskDefinition, place: EcsPlace): string {
  const containers = definition.containerDefinitions ?? [];
  const named = place.service.container;
  const family = definition.family ?? 'the task definition';
  if (named !== undefined) {
    if (containers.some((container) => container.name === named)) return named;
    throw new PlatformRefused(
      `${family} of ${place.title} has no container “${named}”. Correct “container” in forge.yml.`,
    );
  }
  const essential = containers.filter((container) => container.essential !== false);
  const [only] = essential;
  if (essential.length === 1 && only?.name !== undefined) return only.name;
  const names = essential.map((container) => container.name).join(', ');
  throw new PlatformRefused(
    `${family} of ${place.title} has ${essential.length} essential containers (${names}). Say in forge.yml under “container” which one carries the image.`,
  );
}

export function containerNamed(definition: TaskDefinition, name: string): ContainerDefinition | undefined {
  return definition.containerDefinitions?.find((container) => container.name === name);
}

/**
 * What a copy consists of: everything RegisterTaskDefinition takes. When the SDK learns of a new field, this does not
 * compile until the field is here. A field that the SDK does not know is lost before Forge sees it: keep the SDK new.
 */
const isCopied = {
  containerDefinitions: true,
  cpu: true,
  enableFaultInjection: true,
  ephemeralStorage: true,
  executionRoleArn: true,
  family: true,
  inferenceAccelerators: true,
  ipcMode: true,
  memory: true,
  networkMode: true,
  pidMode: true,
  placementConstraints: true,
  proxyConfiguration: true,
  requiresCompatibilities: true,
  runtimePlatform: true,
  taskRoleArn: true,
  volumes: true,
  // They come back beside a definition, not in it.
  tags: false,
} satisfies Record<keyof RegisterTaskDefinitionCommandInput, boolean>;

function copyOf(definition: TaskDefinition): Record<string, unknown> {
  const known = new Map<string, boolean>(Object.entries(isCopied));
  return Object.fromEntries(Object.entries(definition).filter(([key]) => known.get(key) === true));
}

/** The definition with another image in one container; sidecars stay as they are. */
export function withImage(
  { definition }: Described,
  change: { container: string; image: string },
): RegisterTaskDefinitionCommandInput {
  return {
    ...copyOf(definition),
    family: definition.family,
    containerDefinitions: definition.containerDefinitions?.map((container) =>
      container.name === change.container ? { ...container, image: change.image } : container,
    ),
  };
}

/** Whether registering would only make the same revision again. Tags do not count. */
export function isSame(wanted: RegisterTaskDefinitionCommandInput, latest: Described): boolean {
  const { tags: _, ...content } = wanted;
  return canonicalJson(content) === canonicalJson(copyOf(latest.definition));
}

/**
 * Registers a revision. Not idempotent by itself (AWS has no token for it): look for the same one first. After an attempt
 * whose answer was lost it throws instead of trying again, so that the caller looks; only an answer that comes later than
 * that look makes a second revision, which harms nobody: no service runs it.
 */
export async function register(
  ecs: ECSClient,
  definition: RegisterTaskDefinitionCommandInput,
  signal: AbortSignal,
): Promise<string> {
  // AWS refuses an empty list of tags.
  const { tags = [], ...rest } = definition;
  const command = new RegisterTaskDefinitionCommand(tags.length === 0 ? rest : { ...rest, tags });
  const what = `register a revision of ${definition.family}`;
  const answer = await changeAws(what, { signal, mayRepeat: false }, (attempt) => {
    attemptBy(attempt, command);
    return ecs.send(command);
  });
  signal.throwIfAborted();
  const revision = answer.taskDefinition?.taskDefinitionArn;
  if (revision === undefined) throw new PlatformUnavailable('ECS registered a revision without naming it.');
  return revision;
}

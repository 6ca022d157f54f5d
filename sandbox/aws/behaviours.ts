import { ControlError } from '../parts.ts';
import type { Influence } from '../sample-service/conduct.ts';
import type { Task } from './ecs/model.ts';
import type { Known } from './service-states.ts';
import type { AwsSettings, TaskBehaviour, TaskBehaviourChange } from './settings.ts';
import type { World } from './world.ts';

/** Throws ControlError 400 for a colour the service does not have, and for a version there is no image of. */
export function refuseUnknown(change: TaskBehaviourChange, { members, name }: Known, world: World): void {
  const { colour, version } = change;
  if (colour !== undefined && !members.some(({ seed }) => seed.colour === colour)) {
    throw new ControlError(400, `colour: ${name} in ${change.environment} has no tasks of ${colour}.`);
  }
  if (version !== undefined && !world.images.some((image) => image.version === version)) {
    throw new ControlError(400, `version: there is no image of ${version}.`);
  }
}

/** The list with the change made; what has nothing bad left is gone. */
export function changedBehaviours(
  behaviours: readonly TaskBehaviour[],
  change: TaskBehaviourChange,
): TaskBehaviour[] {
  const before = behaviours.find((one) => isSameTarget(one, change));
  const others = behaviours.filter((one) => one !== before);
  const { service, environment, colour, version } = change;
  const after: TaskBehaviour = {
    ...{ service, environment },
    ...(colour === undefined ? {} : { colour }),
    ...(version === undefined ? {} : { version }),
  };
  for (const name of ['errorPercent', 'latencyMs', 'crashAfterRequests'] as const) {
    const value = change[name] === undefined ? before?.[name] : change[name];
    if (value !== undefined && value !== null) after[name] = value;
  }
  return isBad(after) ? [...others, after] : others;
}

/** What changes how well this task serves; of several behaviours that fit it, the newest says each thing. */
export function influenceOn(
  task: Task,
  now: { known: readonly Known[]; settings: Pick<AwsSettings, 'behaviours' | 'dependency'> },
): Influence {
  const influence: Influence = { dependencyMs: now.settings.dependency.latencyMs };
  const owner = now.known.find(({ members }) => members.some(({ service }) => service === task.service));
  const member = owner?.members.find(({ service }) => service === task.service);
  if (owner === undefined || member === undefined) return influence;
  for (const { service, environment, colour, version, ...bad } of now.settings.behaviours) {
    const isIts = service === owner.name && environment === owner.environment;
    const fits = (colour ?? member.seed.colour) === member.seed.colour;
    if (isIts && fits && (version ?? task.image?.version) === task.image?.version) {
      Object.assign(influence, bad);
    }
  }
  return influence;
}

function isSameTarget(one: TaskBehaviour, other: TaskBehaviourChange): boolean {
  return (
    one.service === other.service &&
    one.environment === other.environment &&
    one.colour === other.colour &&
    one.version === other.version
  );
}

function isBad({ errorPercent, latencyMs, crashAfterRequests }: TaskBehaviour): boolean {
  return errorPercent !== undefined || latencyMs !== undefined || crashAfterRequests !== undefined;
}

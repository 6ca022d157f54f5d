import type { DeploymentEvent, RecordedEvent } from '../../../src/domain/events.ts';

export type Happened<Type extends DeploymentEvent['type']> = Extract<DeploymentEvent, { type: Type }> & {
  at: number;
};

/** Those of one kind, oldest first. */
export function happenedIn<Type extends DeploymentEvent['type']>(
  events: readonly RecordedEvent[],
  type: Type,
): Happened<Type>[] {
  return events.flatMap(({ at, event }) => (isOf(event, type) ? [{ ...event, at }] : []));
}

function isOf<Type extends DeploymentEvent['type']>(
  event: DeploymentEvent,
  type: Type,
): event is Extract<DeploymentEvent, { type: Type }> {
  return event.type === type;
}

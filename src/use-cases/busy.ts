import { wayOut } from '../domain/decisions.ts';
import { type Deployment, hasEffects } from '../domain/deployment.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** Who is at the service with what, and what to do about it. */
export function busyWith(other: Deployment, service: ServicePolicy): string {
  const actor = other.requestedBy;
  const who = actor.kind === 'person' ? `<@${actor.userId}>` : 'Forge';
  return `${who} ${doing(other, `${service.title} in ${other.environment}`)} (#${other.number}). Wait until it is done, or stop it with \`/forge abort #${other.number}\`.${wayOut(other)}`;
}

function doing(other: Deployment, place: string): string {
  const { version } = other.plan.to;
  const hasBegun = hasEffects(other);
  if (other.undoes === undefined) {
    return `${hasBegun ? 'is deploying' : 'is about to deploy'} ${version} to ${place}`;
  }
  return `${hasBegun ? 'is rolling back' : 'is about to roll back'} ${place} to ${version}`;
}

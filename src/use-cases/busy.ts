import { wayOut } from '../domain/decisions.ts';
import { type Deployment, hasEffects } from '../domain/deployment.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** Who is at the service with what, and what to do about it. */
export function busyWith(other: Deployment, service: ServicePolicy): string {
  const actor = other.requestedBy;
  const question = questionOf(other, service);
  if (question !== undefined) return question;
  const who = actor.kind === 'person' ? `<@${actor.userId}>` : 'Forge';
  return `${who} ${doing(other, `${service.title} in ${other.environment}`)} (#${other.number}). Wait until it is done, or stop it with \`/forge abort #${other.number}\`.${wayOut(other)}`;
}

/** Waiting would not help whoever is kept from it by a question that is open. */
function questionOf(other: Deployment, service: ServicePolicy): string | undefined {
  const { number, phase, abortRequestedBy, plan } = other;
  if (phase.kind !== 'held' || abortRequestedBy !== undefined) return undefined;
  return `#${number} (${plan.to.version} on ${service.title} in ${other.environment}) waits for somebody to say how it goes on. Answer in its message, or type \`/forge resume #${number}\` or \`/forge abort #${number}\`.`;
}

function doing(other: Deployment, place: string): string {
  const { version } = other.plan.to;
  const hasBegun = hasEffects(other);
  if (other.undoes === undefined) {
    return `${hasBegun ? 'is deploying' : 'is about to deploy'} ${version} to ${place}`;
  }
  return `${hasBegun ? 'is rolling back' : 'is about to roll back'} ${place} to ${version}`;
}

import { z } from 'zod';
import type { Actor } from './actor.ts';

/** What a freeze is about, by name; absent: every service, every environment. */
export const FreezeScope = z.strictObject({
  services: z.array(z.string()).optional(),
  environments: z.array(z.string()).optional(),
});
export type FreezeScope = z.infer<typeof FreezeScope>;

/** Nothing may start in its scope while it is in force, but in an emergency. Times are milliseconds since the epoch. */
export type Freeze = {
  /** `F3`. */
  id: string;
  scope: FreezeScope;
  /** Slack id of the person who answers for it. */
  owner: string;
  reason: string;
  from: number;
  /** From then on it is no more in force. */
  until: number;
  placedAt: number;
  /** Somebody ended it before its time, or before it began. */
  lifted?: { at: number; by: Actor; why?: string };
};

/** Where something is to start; without a service it is about every one there. */
export type StartPlace = { service?: string; environment: string };

/** Whether all that may start in a place is within the scope. */
export function covers({ services, environments }: FreezeScope, place: StartPlace): boolean {
  const isEnvironment = environments === undefined || environments.includes(place.environment);
  return isEnvironment && (services === undefined || includes(services, place.service));
}

/** Whether anything that may start in a place is within the scope. */
export function touches({ services, environments }: FreezeScope, place: StartPlace): boolean {
  const isEnvironment = environments === undefined || environments.includes(place.environment);
  const isService = services === undefined || place.service === undefined || services.includes(place.service);
  return isEnvironment && isService;
}

export function isFrozenBy({ from, until, lifted }: Freeze, at: number): boolean {
  return lifted === undefined && from <= at && at < until;
}

/** Whether it is in force or will be. */
export function isAhead({ until, lifted }: Freeze, at: number): boolean {
  return lifted === undefined && at < until;
}

/** What is frozen, in plain words: `api in production`, `everything`. */
export function scopeWords({ services, environments }: FreezeScope): string {
  const what = services === undefined ? 'everything' : services.join(' and ');
  return environments === undefined ? what : `${what} in ${environments.join(' and ')}`;
}

/** Whether two scopes are of the same services and environments, in whatever order. */
export function isSameScope(one: FreezeScope, other: FreezeScope): boolean {
  return isSame(one.services, other.services) && isSame(one.environments, other.environments);
}

function isSame(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.toSorted().join('\n') === other.toSorted().join('\n');
}

function includes(names: readonly string[], name: string | undefined): boolean {
  return name !== undefined && names.includes(name);
}

import type { Actor } from './actor.ts';
import type { StartPlace } from './freeze.ts';

/** One person holds an environment, or one service of it: nobody else may start anything there. Times are milliseconds since the epoch. */
export type Lock = {
  /** `L3`. */
  id: string;
  environment: string;
  /** Absent: every service there. */
  service?: string;
  /** Slack id of the person who has it. */
  owner: string;
  reason: string;
  placedAt: number;
  /** From then on it holds nobody any more. */
  until: number;
  /** Rises with every change: whoever decided on an older one is too late. */
  version: number;
  /** It was ended before its time. */
  released?: { at: number; by: Actor; why?: string };
};

export function isLocked({ until, released }: Lock, at: number): boolean {
  return released === undefined && at < until;
}

/** Whether anything is in both places. Two locks never overlap: each would hold the owner of the other. */
export function overlap(one: StartPlace, other: StartPlace): boolean {
  if (one.environment !== other.environment) return false;
  return one.service === undefined || other.service === undefined || one.service === other.service;
}

/** Whether all that may start in a place is within the lock. */
export function holds(lock: Lock, { service, environment }: StartPlace): boolean {
  return lock.environment === environment && (lock.service === undefined || lock.service === service);
}

/** What is locked, in plain words: `api in production`, `production`. */
export function lockedWords({ service, environment }: StartPlace): string {
  return service === undefined ? environment : `${service} in ${environment}`;
}

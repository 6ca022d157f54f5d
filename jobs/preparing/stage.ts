import type { Situation } from './situation.ts';

/** Nothing but another deployment keeps it from being asked about or started. Who has not waited before is told instead. */
export function isNext({ standing, isPatient, isNew, lookAt, now }: Situation): boolean {
  if (standing.kind === 'to-ask') return true;
  // What is under way long before its time will be over by then.
  if (lookAt !== null && now < lookAt) return isNew;
  return standing.kind === 'approved' || (standing.kind === 'not-needed' && isPatient);
}

/** Nothing but the time is missing. */
export function isCleared({ standing }: Situation): boolean {
  return standing.kind === 'approved' || standing.kind === 'not-needed';
}

/** It waits for its time already, and nothing else is missing. */
export function isWaiting(situation: Situation): boolean {
  return situation.waitsFor !== null && isCleared(situation);
}

/** A scheduled one is looked at again a quarter of an hour before its time, however lately that was done. */
export function isToBeLookedAt({ lookAt, now }: Situation, lookedAt: number): boolean {
  return lookAt !== null && now >= lookAt && lookedAt < lookAt;
}

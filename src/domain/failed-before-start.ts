import type { CheckState, Deployment, FailedCheck } from './deployment.ts';

export type Failed = CheckState & FailedCheck;

/** The check that keeps it from starting; there is at most one, since nothing after it is looked at. */
export function failedCheck({ checkStates }: Pick<Deployment, 'checkStates'>): Failed | undefined {
  return checkStates.flatMap((check) =>
    check.state === 'failed' || check.state === 'unknown' ? [check] : [],
  )[0];
}

/**
 * Until when a person may do something about a check or a build that failed, in milliseconds since the epoch; undefined where none did,
 * or it is over.
 */
export function personWaitedFor({ phase, checkStates, build }: Deployment): number | undefined {
  if (phase.kind !== 'checking' && phase.kind !== 'building') return undefined;
  return failedCheck({ checkStates })?.deadline ?? (build?.state === 'failed' ? build.deadline : undefined);
}

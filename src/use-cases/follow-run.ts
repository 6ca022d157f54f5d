import type { ToFollow } from '../ports/automatic.ts';
import type { Change } from '../ports/store.ts';

export type FollowInput = ToFollow;

/** Has a place look at refs that were pushed, one after the other with whatever else was pushed for it. `cause` is unique for ever. */
export function followChange(input: FollowInput, cause: string): Extract<Change, { kind: 'start-run' }> {
  const key = `follow/${input.service}/${input.environment}`;
  return { kind: 'start-run', id: `${key}/${cause}`, job: 'follow', input, key };
}

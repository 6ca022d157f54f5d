import { type AutomaticPlace, refNameOf, shortNameOf } from '../domain/automatic.ts';
import { type Deployment, isFinished } from '../domain/deployment.ts';
import { PlaceBusy } from '../domain/errors.ts';
import type { Pushed } from '../domain/events.ts';
import type { Change, Store } from '../ports/store.ts';
import { preparing } from './prepare-bell.ts';

/** What was pushed, and what of it was followed last when that was decided: it is dealt with once. */
export type AutomaticRequest = { pushed: Pushed; after: string | undefined };

/** Whether nobody asked for it by hand and it has not begun: a newer one takes its place. */
export function isReplaceable(deployment: Deployment): boolean {
  const { pushed, startedAt } = deployment;
  return pushed !== undefined && startedAt === undefined && !isFinished(deployment);
}

/** Throws `PlaceBusy` where automatic deployments are held: whoever asks looks again. */
export async function lookAtAutomatic(
  place: AutomaticPlace,
  { pushed, after }: AutomaticRequest,
  store: Store,
): Promise<'free' | 'repeated'> {
  const last = await store.lastFollowed({ ...place, ref: pushed.ref });
  if (last?.id !== after) return 'repeated';
  if ((await store.automaticHold(place)) === undefined) return 'free';
  throw new PlaceBusy(
    `Automatic deployments of ${place.service} to ${place.environment} are held. To let them go on, type \`/forge automatic ${place.environment} ${place.service} on\`.`,
  );
}

/** Written with the deployment: that this was dealt with, and that older automatic ones of the place are not started. */
export async function automaticChanges(
  place: AutomaticPlace,
  { pushed, after }: AutomaticRequest,
  { deployment, cause }: { deployment: number; cause: string },
  store: Store,
): Promise<Change[]> {
  const { ref, commit, login } = pushed;
  const id = await store.nextFollowed();
  const others = (await store.unfinished(place)).filter(isReplaceable);
  const reason = `${pushedName(ref, commit)} was pushed after it, and #${deployment} takes its place. Nothing was changed.`;
  return [
    {
      kind: 'record-followed',
      followed: {
        ...{ id, ...place, ref, commit, deployment },
        ...(login === undefined ? {} : { login }),
        outcome: 'requested',
      },
      after,
    },
    ...others.flatMap((other) => superseding(other, { by: deployment, reason, cause })),
  ];
}

/** `v1.2.0`, or `a1b2c3d of main`. */
function pushedName(ref: string, commit: string): string {
  const name = shortNameOf(ref);
  return refNameOf(ref)?.kind === 'tag' ? name : `${commit.slice(0, 7)} of ${name}`;
}

/** Ends one that has not begun; a check or a build of it that is under way ends as well. */
export function superseding(
  { number, version }: Deployment,
  { by, reason, cause }: { by?: number; reason: string; cause: string },
): Extract<Change, { kind: 'append' | 'abort-run' }>[] {
  const superseded = { type: 'superseded', reason, ...(by === undefined ? {} : { by }) } as const;
  const actor = { kind: 'trigger', source: 'github', id: cause } as const;
  return [
    { kind: 'append', deployment: number, expect: version, events: [superseded], by: actor, cause },
    { kind: 'abort-run', run: preparing(number), by: cause, reason },
  ];
}

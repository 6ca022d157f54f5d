import { isFinished } from '../src/domain/deployment.ts';
import { endDeployment } from './end-deployment.ts';
import type { JobContext } from './engine/engine.ts';
import { partsToPutBack } from './parts-to-put-back.ts';
import { requireState } from './require-state.ts';
import { readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type PutBackRequest = { deployment: number; because: 'failure' | 'abort'; reason: string };

/**
 * Puts back what was live before, in every region the deployment touched, and proves it; then ends the deployment.
 * Never gives up. Each region has a run of its own, so that one that does not answer holds up no other. Call it shielded.
 */
export async function putBack(context: JobContext, request: PutBackRequest, world: World): Promise<void> {
  const { deployment, because, reason } = request;
  const find = () => whatToPutBack(deployment, world);
  const found = await context.operation('find what to put back', find, { retry: readAgain });
  if (found.isEnded) return;
  if (!found.isBegun) {
    await context.commit('put back', [
      { kind: 'append', deployment, expect: 'any', events: [{ type: 'restoring', because, reason }] },
    ]);
  }
  if (found.parts.length > 0) {
    const branches = found.parts.map((toPutBack) => {
      const input = { deployment, ...toPutBack, startWithin: found.startWithin };
      return [toPutBack.part.target.region, { job: 'restore-region', input }] as const;
    });
    await context.runAll(Object.fromEntries(branches));
  }
  const type = because === 'abort' ? 'aborted' : 'rolled-back';
  const left = await context.operation('see what was left', () => reasonToLeave(deployment, world), {
    retry: readAgain,
  });
  const event = left === null ? ({ type } as const) : ({ type: 'left', reason: left } as const);
  await endDeployment(context, deployment, event, world.store);
}

type ToPutBack = {
  parts: ReturnType<typeof partsToPutBack>;
  /** Milliseconds. */
  startWithin: number;
  /** An earlier run began it and was lost. */
  isBegun: boolean;
  /** A person has taken over. */
  isEnded: boolean;
};

async function reasonToLeave(number: number, { store }: World): Promise<string | null> {
  const deployment = await store.deployment(number);
  const left = Object.values(deployment?.restores ?? {}).find(({ kind }) => kind === 'left');
  return left?.kind === 'left' ? left.reason : null;
}

async function whatToPutBack(number: number, { store, policy }: World): Promise<ToPutBack> {
  const deployment = await requireState(number, store);
  const { phase, run } = deployment;
  // People were asked, or a run was lost: what is on the service may be another's by now.
  const isUnwatched = phase.kind === 'held' || run !== undefined;
  const { startWithin } = policy.timing;
  return {
    parts: partsToPutBack(deployment, { isUnwatched, policy }),
    startWithin,
    isBegun: phase.kind === 'rolling-back',
    isEnded: isFinished(deployment),
  };
}

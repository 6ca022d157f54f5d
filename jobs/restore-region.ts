import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Step } from '../src/domain/plan.ts';
import type { JobContext } from './engine/engine.ts';
import { keepRestoring } from './keep-restoring.ts';
import { isTakenOver, obedient } from './obedient.ts';
import type { Part } from './restore-part.ts';
import { putBackInColours } from './returning/put-back-in-colours.ts';
import { putByAnother, seeLive } from './still-ours.ts';
import { createTeller } from './trouble.ts';
import type { World } from './world.ts';

export type RestoreRegionInput = {
  deployment: number;
  part: Part;
  /**
   * Digest of what Forge itself put there: where neither that nor the part is live any more, it is somebody else's and
   * stays. Null: Forge has looked all the time, and need not look first.
   */
  ours: string | null;
  /** Milliseconds. */
  startWithin: number;
  /** Absent: the part is no colour. */
  colours?: {
    /** Tasks it is to have. */
    desired: number;
    /** Version that is taken back. */
    takenBack: string;
    /** How the public address is tried out; null: it is not. */
    smoke: Extract<Step, { kind: 'smoke' }> | null;
    watchSeconds: number;
  };
};

/** Puts one region back, however long that takes, and records how it goes; stops when a person takes over. */
export async function restoreRegion(context: JobContext<RestoreRegionInput>, world: World): Promise<void> {
  const { deployment, part, ours, startWithin } = context.input;
  const { region } = part.target;
  const record = async (name: string, event: DeploymentEvent) => {
    await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  };
  const request = {
    ...{ deployment, part, startWithin, prefix: '', isProvenByImages: true },
    progress: (name: string, progress: { done: number; of: number }) =>
      record(name, { type: 'restore-progressed', region, progress }),
    tell: createTeller(context, (name, reason) => record(name, { type: 'restore-blocked', region, reason })),
  };
  const obeying = obedient(world, deployment);
  try {
    if (isInColours(context.input)) {
      await putBackInColours(context, context.input, request, obeying);
      return;
    }
    const foreign = ours === null ? undefined : await foreignChange(context, { part, ours }, obeying);
    if (foreign !== undefined) {
      await record('left', { type: 'restore-left', region, reason: foreign });
      return;
    }
    const restored = await keepRestoring(context, request, obeying);
    if (restored.kind === 'restored') {
      await record('restored', { type: 'restored', region, detail: restored.detail });
    } else {
      await record('left', { type: 'restore-left', region, reason: restored.reason });
    }
  } catch (error) {
    if (!isTakenOver(error)) throw error;
  }
}

function isInColours(
  input: RestoreRegionInput,
): input is RestoreRegionInput & { colours: NonNullable<RestoreRegionInput['colours']> } {
  return input.colours !== undefined;
}

/** That somebody else put something there. Undefined where nobody did, and where AWS does not say: then it shows later. */
async function foreignChange(
  context: JobContext<RestoreRegionInput>,
  { part, ours }: { part: Part; ours: string },
  world: World,
): Promise<string | undefined> {
  const { target } = part;
  const seen = await seeLive(context, { name: 'see what is live', target }, world);
  if (seen.kind !== 'done') return undefined;
  const { live, title } = seen.value;
  const isKnown = live.digest === undefined || live.digest === ours || live.digest === part.digest;
  return isKnown || live.revision === part.revision ? undefined : putByAnother(live, title, target);
}

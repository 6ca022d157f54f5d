import type { Place, Target } from '../src/domain/release.ts';
import type { Progress } from '../src/domain/step-event.ts';
import { ofTasks } from '../src/domain/tasks.ts';
import type { Health } from '../src/ports/platform.ts';
import type { JobContext } from './engine/engine.ts';
import { faultOf } from './fault-of.ts';
import { platformCall, reasonOf } from './platform-call.ts';
import { runningImagesInTime } from './steps/verify.ts';
import { watchHealth } from './watch-health.ts';
import type { World } from './world.ts';

/** What was live in one region before a deployment touched it. */
export type Part = {
  target: Target;
  on: Place;
  revision: string;
  version: string;
  /** Unknown where Forge did not put it there and the registry does not know it any more. */
  digest: string | null;
  /** Tasks it is to have. Absent: as many as there are wanted now. */
  desired?: number;
};

export type Restored =
  | { kind: 'restored'; detail: string }
  | { kind: 'blocked'; reason: string }
  /** Somebody else put another revision there: it is not Forge's to change any more. */
  | { kind: 'replaced'; reason: string };

/** How long one question about images may take when nothing is wrong. Seconds. */
const IMAGES_WITHIN = 30;

type Request = {
  part: Part;
  /** Tells this try from others of the run. */
  name: string;
  /** Milliseconds. */
  startWithin: number;
  isProvenByImages: boolean;
  progress(name: string, progress: Progress): Promise<void>;
};

/** Puts one part back and proves it. Throws neither for the platform nor for a fault of an adapter: both may pass. */
export async function restorePart(context: JobContext, request: Request, world: World): Promise<Restored> {
  try {
    return await tryToRestore(context, request, world);
  } catch (error) {
    const reason = faultOf(error);
    if (reason === undefined) throw error;
    return { kind: 'blocked', reason };
  }
}

async function tryToRestore(context: JobContext, request: Request, world: World): Promise<Restored> {
  const { part, name } = request;
  const { target, on, revision, digest, desired } = part;
  const wish = {
    ...{ on, revision },
    ...(digest === null ? {} : { digest }),
    ...(desired === undefined ? {} : { desired }),
  };
  const sent = await platformCall(
    context,
    `${name}: restore`,
    ({ platform }, signal) => platform.restore(target, wish, { signal }),
    world,
  );
  if (sent.kind !== 'done') return { kind: 'blocked', reason: reasonOf(sent) };
  const watched = { ...request, part: { ...part, revision: sent.value.revision } };
  const healthy = await healthyAgain(context, watched, world);
  if (healthy.kind !== 'restored' || !request.isProvenByImages) return healthy;
  return withImages(context, request, healthy.detail, world);
}

async function healthyAgain(context: JobContext, request: Request, world: World): Promise<Restored> {
  const { part, name, startWithin, progress } = request;
  const began = await context.now();
  let known: Health | undefined;
  for (let look = 1; ; look += 1) {
    const seen = await platformCall(
      context,
      `${name}: look ${look}`,
      (reached, signal) => watchHealth({ ...part, known }, reached, signal),
      world,
    );
    if (seen.kind !== 'done') return { kind: 'blocked', reason: reasonOf(seen) };
    const { health, at } = seen.value;
    if (health.kind === 'healthy') return { kind: 'restored', detail: health.detail };
    if (health.kind === 'replaced') return { kind: 'replaced', reason: health.reason };
    if (health.kind === 'failed') return { kind: 'blocked', reason: health.reason };
    if (at - began > startWithin) {
      return {
        kind: 'blocked',
        reason: `only ${ofTasks(health.healthy, health.of)} ${health.of === 1 ? 'is' : 'are'} healthy so far`,
      };
    }
    const { healthy, of, note } = health;
    await progress(`${name}: progress ${look}`, {
      done: healthy,
      of,
      ...(note === undefined ? {} : { note }),
    });
    known = health;
  }
}

/** Healthy is not yet the right image: the proof is what the running tasks carry. */
async function withImages(
  context: JobContext,
  { part, name }: { part: Part; name: string },
  detail: string,
  world: World,
): Promise<Restored> {
  const { target, on, digest, version } = part;
  if (digest === null) return { kind: 'restored', detail: `${version}: ${detail}` };
  const images = await platformCall(
    context,
    `${name}: compare images`,
    (reached, signal) =>
      runningImagesInTime({ target, on, digest, withinSeconds: IMAGES_WITHIN }, reached, signal),
    world,
  );
  if (images.kind !== 'done') return { kind: 'blocked', reason: reasonOf(images) };
  if (images.value.kind !== 'matching') return { kind: 'blocked', reason: images.value.reason };
  const { tasks } = images.value;
  return { kind: 'restored', detail: `${ofTasks(tasks, tasks)} ${tasks === 1 ? 'runs' : 'run'} ${version}` };
}

import type { Place, Target } from '../../src/domain/release.ts';
import { ofTasks } from '../../src/domain/tasks.ts';
import type { RunningImages } from '../../src/ports/platform.ts';
import type { World } from '../world.ts';
import { StepFailed, type StepRun } from './step-run.ts';

/** Makes sure that every running task carries the release's image, whatever the revision claims. */
export async function verifyStep(
  step: { on: Place; withinSeconds: number },
  run: StepRun,
): Promise<string | undefined> {
  const { target, release } = run;
  const digest = release.digests[target.region];
  if (digest === undefined) return undefined;
  const images = await run.settled('compare images', (world, signal) =>
    runningImagesInTime({ target, on: step.on, digest, withinSeconds: step.withinSeconds }, world, signal),
  );
  if (images.kind !== 'matching') throw new StepFailed(images.reason);
  return `${ofTasks(images.tasks, images.tasks)} ${images.tasks === 1 ? 'runs' : 'run'} ${release.version}`;
}

/** Asks until the answer is `matching` or the time is up; the last answer then stands. Errors as `Platform.runningImages`. */
export async function runningImagesInTime(
  request: { target: Target; on: Place; digest: string; withinSeconds: number },
  { platform, clock, policy }: World,
  signal: AbortSignal,
): Promise<RunningImages> {
  const { target, on, digest, withinSeconds } = request;
  const until = clock.now() + withinSeconds * 1000;
  for (;;) {
    const images = await platform.runningImages(target, { on, digest }, { signal });
    if (images.kind === 'matching' || clock.now() >= until) return images;
    await clock.sleep(policy.timing.poll, signal);
  }
}

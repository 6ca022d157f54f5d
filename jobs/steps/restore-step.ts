import type { Step } from '../../src/domain/plan.ts';
import { keepRestoring } from '../keep-restoring.ts';
import { ServiceReplaced, type StepRun } from './step-run.ts';

/**
 * Puts an earlier revision back in service, however long that takes. What makes it fail would not be mended by the newer
 * release, which people want gone: only a person ends it. Throws `ServiceReplaced`.
 */
export async function restoreStep(
  step: Extract<Step, { kind: 'restore' }>,
  { context, world, deployment, target, release, progress, tell }: StepRun,
): Promise<string> {
  const { id, on, revision, desired, withinSeconds } = step;
  const digest = release.digests[target.region] ?? null;
  const restored = await keepRestoring(
    context,
    {
      deployment,
      part: {
        ...{ target, on, revision, version: release.version, digest },
        ...(desired === undefined ? {} : { desired }),
      },
      startWithin: withinSeconds * 1000,
      isProvenByImages: false,
      prefix: `${id}: `,
      progress,
      tell,
    },
    world,
  );
  if (restored.kind === 'replaced') throw new ServiceReplaced(restored.reason);
  return restored.detail;
}

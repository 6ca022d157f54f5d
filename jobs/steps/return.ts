import type { Step } from '../../src/domain/plan.ts';
import { platformCall } from '../platform-call.ts';
import { returnAtLast } from '../returning/return-at-last.ts';
import type { StepRun } from './step-run.ts';

/**
 * Brings all traffic of a region back to the colour that carries the earlier release, however long that takes, and reads it
 * back. In an emergency it goes to fewer tasks than it needs; then the colour gets the others as soon as it has the traffic.
 */
export async function returnStep(step: Extract<Step, { kind: 'return' }>, run: StepRun): Promise<string> {
  const { context, world, deployment, target, release, plan, tell, progress } = run;
  const { id, to, revision, needs } = step;
  const from = plan.from[target.region];
  const desired = Math.max(needs, from?.desired ?? needs);
  const returned = await returnAtLast(
    context,
    {
      ...{ deployment, target, to, revision, needs, desired, tell, progress },
      version: release.version,
      digest: release.digests[target.region] ?? null,
      prefix: `${id}: `,
    },
    world,
  );
  const small = needs < desired ? await growTo(desired, step, run) : undefined;
  const lost = from?.version ?? 'the newer release';
  const { moved } = returned;
  const confirmed =
    moved === undefined ? '' : `, confirmed ${(moved.took / 1000).toFixed(1)} s after the click`;
  // Trouble is over with its step; this is not, so the step keeps it.
  return [`0 % on ${lost}${confirmed}`, ...(small === undefined ? [] : [small])].join('; ');
}

/** Why the colour stays smaller than it should be, or undefined. */
async function growTo(
  desired: number,
  { id, to }: Extract<Step, { kind: 'return' }>,
  { context, world, target, release, tell }: StepRun,
): Promise<string | undefined> {
  const grown = await platformCall(
    context,
    `${id}: get the other tasks`,
    async ({ platform }, signal) => {
      await platform.scale(target, { on: to, desired }, { signal });
      return null;
    },
    world,
  );
  if (grown.kind === 'done') return undefined;
  const reason = `${release.version} in ${target.region} has the traffic but fewer tasks than it needs, and AWS gives it no more: ${grown.reason}`;
  await tell(`${id}: too few tasks`, reason);
  return reason;
}

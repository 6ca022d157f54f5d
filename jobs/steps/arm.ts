import type { Step } from '../../src/domain/plan.ts';
import { ask } from '../ask.ts';
import { versionBefore } from '../observe/subject.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import { armAndRead, type SwitchRead } from '../switch-calls.ts';
import type { World } from '../world.ts';
import type { StepRun } from './step-run.ts';

type Armed = { kind: 'read'; read: SwitchRead } | { kind: 'unhealthy' };

/**
 * Sets the dead-man switch and reads it from outside. Where that is not possible the policy says whether to go on without,
 * or people do. Throws `NobodyAnswered`.
 */
export async function armStep(step: Extract<Step, { kind: 'arm' }>, run: StepRun): Promise<string> {
  const { region } = run.target;
  const { to, afterSeconds } = step;
  const outcome = await platformCall<Armed>(
    run.context,
    `${step.id}: arm`,
    (world, signal) => armWhereHealthy(step, run, world, signal),
    run.world,
  );
  if (isArmed(outcome)) {
    await run.record('armed', [{ type: 'switch-armed', region, to, after: afterSeconds * 1000 }]);
    return `armed: traffic returns by itself if Forge falls silent for ${spanOf(afterSeconds)}`;
  }
  const reason = reasonOf(outcome, run);
  await run.record('not armed', [{ type: 'switch-not-armed', region, reason }]);
  if (run.limits.withoutSwitch === 'go on') return `not armed: ${reason}`;
  await askWhetherToGoOn(run, { name: `${step.id}: without`, reason });
  return `not armed, and a person let it go on: ${reason}`;
}

function isArmed(outcome: Outcome<Armed>): boolean {
  return outcome.kind === 'done' && outcome.value.kind === 'read' && outcome.value.read === 'armed';
}

/** Never towards a colour without a healthy target. */
async function armWhereHealthy(
  { to, afterSeconds }: Extract<Step, { kind: 'arm' }>,
  run: StepRun,
  world: World,
  signal: AbortSignal,
): Promise<Armed> {
  const { targets } = await world.platform.traffic(run.target, { signal });
  if (targets[to].healthy === 0) return { kind: 'unhealthy' };
  return {
    kind: 'read',
    read: await armAndRead(run.target, { to, after: afterSeconds * 1000 }, world, signal),
  };
}

function reasonOf(outcome: Outcome<Armed>, run: StepRun): string {
  switch (outcome.kind) {
    case 'silent':
      return `AWS does not answer: ${outcome.reason}`;
    case 'refused':
      return outcome.reason;
    case 'done':
      return outcome.value.kind === 'unhealthy'
        ? `no task of ${versionBefore(run)} is healthy`
        : 'AWS was told to set it, and does not show all of it';
  }
}

/** Silence of AWS resolves nothing here: only a person does. */
async function askWhetherToGoOn(
  run: StepRun,
  { name, reason }: { name: string; reason: string },
): Promise<void> {
  const { context, deployment, world, title, target, release } = run;
  await ask(
    context,
    {
      deployment,
      name,
      question: {
        question: `The dead-man switch of ${title} in ${target.region} cannot be armed: ${reason}`,
        resumeMeans: `Resume goes on with ${release.version} without it: if Forge dies on the way, traffic stays where it is until somebody looks.`,
        abortMeans: `Abort puts ${versionBefore(run)} back. In ${target.region} no traffic has been moved yet.`,
      },
    },
    world,
  );
}

function spanOf(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

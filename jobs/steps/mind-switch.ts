import { otherColour } from '../../src/domain/traffic.ts';
import type { Observation } from '../observe/observe.ts';
import { askPatiently } from '../observe/patience.ts';
import { type Subject, versionBefore } from '../observe/subject.ts';
import { armAndRead, disarmAndRead, LONGEST_SWITCH_CALL, type SwitchRead } from '../switch-calls.ts';
import type { World } from '../world.ts';
import type { StepRun } from './step-run.ts';

/**
 * Keeps the dead-man switch right while people wait: it never returns traffic to a colour without a healthy target, and is
 * armed again when there is one.
 */
export async function mindSwitch(
  run: StepRun,
  { subject, seen, name }: { subject: Subject; seen: Observation; name: string },
): Promise<void> {
  const { target, plan } = run;
  const { region } = target;
  const { targets, traffic } = seen.seen;
  const arm = plan.steps.find((step) => step.kind === 'arm' && step.region === region);
  if (arm?.kind !== 'arm' || targets === undefined || seen.switch === undefined) return;
  if (seen.switch === 'armed' && targets.live === 0) {
    const reason = `no task of ${versionBefore(subject)} is healthy`;
    const disarmOnce = (world: World, signal: AbortSignal) => disarmAndRead(target, world, signal);
    if ((await put(run, `${name}: disarm`, disarmOnce)) === 'gone') {
      await run.record(`${name}: not armed`, [{ type: 'switch-not-armed', region, reason }]);
    }
  }
  if (seen.switch === 'not-armed' && targets.live > 0 && traffic.kind === 'ours') {
    const after = arm.afterSeconds * 1000;
    const to = otherColour(subject.to);
    const armOnce = (world: World, signal: AbortSignal) => armAndRead(target, { to, after }, world, signal);
    if ((await put(run, `${name}: arm`, armOnce)) === 'armed') {
      await run.record(`${name}: armed`, [{ type: 'switch-armed', region, to, after }]);
    }
  }
}

/** One try, that nothing waits for: the next look tries again. */
async function put(
  { context, world }: StepRun,
  name: string,
  call: (world: World, signal: AbortSignal) => Promise<SwitchRead>,
): Promise<SwitchRead | 'unread'> {
  return context.operation<SwitchRead | 'unread'>(name, async ({ signal }) => {
    const limits = { clock: world.clock, limit: LONGEST_SWITCH_CALL, who: 'EventBridge Scheduler' };
    const answer = await askPatiently((limited) => call(world, limited), limits, signal);
    return answer.kind === 'answered' ? answer.value : 'unread';
  });
}

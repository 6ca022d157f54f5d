import { timesOf, unanswered } from './check-standing.ts';
import type { Deployment } from './deployment.ts';
import { regionsOf } from './plan.ts';
import type { BuildPolicy } from './policy.ts';

/** What is to be done about the image of a deployment that has not begun. Times in milliseconds since the epoch. */
export type BuildStanding =
  /** It is there, as far as anybody knew when it was planned. */
  | { kind: 'there' }
  /** It is not there, and nobody is told to make it any more. `isRunning`: somebody was, and still does. */
  | { kind: 'impossible'; reason: string; isRunning: boolean }
  | { kind: 'to-start'; correlation: string; workflow: string; ref: string }
  | {
      kind: 'running';
      correlation: string;
      workflow: string;
      ref: string;
      startedAt: number;
      /** Milliseconds. */
      within: number;
      run: number | null;
    }
  /** It was not made: a person does something about it until the deadline. */
  | { kind: 'blocked'; deadline: number; remindAt: number | null }
  | { kind: 'over'; reason: string }
  /** It is there now, and the plan does not name it yet. */
  | { kind: 'to-plan' };

/** `policy`: how it is made as things are now; undefined where nobody is told to. */
export function buildStanding(
  { number, plan, build, undoes }: Pick<Deployment, 'number' | 'plan' | 'build' | 'undoes'>,
  { policy, now }: { policy: BuildPolicy | undefined; now: number },
): BuildStanding {
  const isKnown = regionsOf(plan).every((region) => plan.to.digests[region] !== undefined);
  if (undoes !== undefined || isKnown) return { kind: 'there' };
  if (build?.state === 'finished') return { kind: 'to-plan' };
  const { version } = plan.to;
  if (policy === undefined) {
    const reason = `there is no image of ${version}, and the policy file does not say any more how one is made. Nothing was changed.`;
    return { kind: 'impossible', reason, isRunning: build?.state === 'running' };
  }
  const { workflow, ref, within } = policy;
  if (build === undefined || build.state === 'to-do') {
    return { kind: 'to-start', correlation: `forge-${number}-${build?.attempt ?? 1}`, workflow, ref };
  }
  if (build.state === 'running') {
    const { correlation, startedAt, run = null } = build;
    return { kind: 'running', correlation, workflow: build.workflow, ref, startedAt, within, run };
  }
  if (now < build.deadline) return { kind: 'blocked', ...timesOf(build) };
  return { kind: 'over', reason: unanswered(`the image of ${version} was not made`) };
}

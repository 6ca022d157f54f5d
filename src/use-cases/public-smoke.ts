import type { Step } from '../domain/plan.ts';
import { environmentNamed, type Policy, serviceNamed } from '../domain/policy.ts';
import type { Live, Target } from '../domain/release.ts';
import { smokeSteps } from '../strategies/proof.ts';
import { releaseOf } from '../strategies/release-of.ts';

type Smoke = Extract<Step, { kind: 'smoke' }>;

/** How the public address of a target is tried out while `live` serves it. Undefined: it has no smoke tests, or the policy no longer has it. */
export function publicSmoke(target: Target, live: Live, policy: Policy): Smoke | undefined {
  const { region } = target;
  const service = serviceNamed(policy, target.service);
  const environment = environmentNamed(policy, target.environment);
  const run = service?.runs[target.environment]?.find((each) => each.region === region);
  if (service === undefined || environment === undefined || run === undefined) return undefined;
  const release = releaseOf(target.service, { [region]: live });
  const [smoke] = smokeSteps({ service, environment, run, release, live, timing: policy.timing });
  return smoke?.kind === 'smoke' ? smoke : undefined;
}

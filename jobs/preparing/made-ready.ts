import { buildStanding } from '../../src/domain/build-standing.ts';
import { checksStanding } from '../../src/domain/check-standing.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { type Policy, serviceNamed } from '../../src/domain/policy.ts';
import { checksFor } from '../../src/domain/policy-checks.ts';
import type { Situation } from './situation.ts';

/** What comes before people are asked: its checks, and its image. */
export function madeReady(
  state: Deployment,
  policy: Policy,
  now: number,
): Pick<Situation, 'checks' | 'build'> {
  const build = buildStanding(state, { policy: serviceNamed(policy, state.service)?.build, now });
  const checks = checksStanding(state, {
    policy: checksFor(state, policy),
    isImageThere: build.kind === 'there',
    now,
  });
  const isCleared = checks.kind === 'cleared' && checks.stale === null;
  return { ...(isCleared ? {} : { checks }), ...(build.kind === 'there' ? {} : { build }) };
}

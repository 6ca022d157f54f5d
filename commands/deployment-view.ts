import type { Deployment } from '../src/domain/deployment.ts';
import { expectedSeconds, secondsToUndo } from '../src/domain/estimate.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { Forge } from '../src/forge.ts';
import type { DeploymentView } from '../views/deployment-message.ts';

/** A deployment as a person who asks for it sees it now. */
export function deploymentView(deployment: Deployment, forge: Forge): DeploymentView {
  const { policy } = forge;
  const expected = expectedSeconds(deployment.plan, deployment);
  return {
    deployment,
    title: serviceNamed(policy, deployment.service)?.title ?? deployment.service,
    expected,
    undoSeconds: secondsToUndo(deployment.plan, expected),
    now: forge.now(),
    people: policy.people,
    canRevert: policy.github !== undefined,
    unsupported: forge.unsupportedBlocks(),
  };
}

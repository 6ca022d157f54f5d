import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { callAws } from '../../aws/call.ts';

/** Targets of one target group. Those on their way out (draining) are in neither number. */
export type TargetHealth = {
  healthy: number;
  /** Registered but not yet, or no longer, healthy: `initial` or `unhealthy`, with AWS's reason. */
  others: string[];
};

export async function readTargetHealth(
  loadBalancing: ElasticLoadBalancingV2Client,
  targetGroup: string,
  signal: AbortSignal,
): Promise<TargetHealth> {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup });
  const answer = await callAws(`read the targets of ${nameOf(targetGroup)}`, signal, (options) =>
    loadBalancing.send(command, options),
  );
  const staying = (answer.TargetHealthDescriptions ?? []).filter((target) => stateOf(target) !== 'draining');
  const healthy = staying.filter((target) => stateOf(target) === 'healthy').length;
  const others = staying.filter((target) => stateOf(target) !== 'healthy').map(wordsFor);
  return { healthy, others };
}

function stateOf(target: TargetHealthDescription): string {
  return target.TargetHealth?.State ?? 'unknown';
}

function wordsFor(target: TargetHealthDescription): string {
  const why = target.TargetHealth?.Description ?? target.TargetHealth?.Reason;
  return why === undefined ? stateOf(target) : `${stateOf(target)} (${why})`;
}

/** `api` of `arn:…:targetgroup/api/0123456789abcdef`. */
function nameOf(targetGroup: string): string {
  return targetGroup.split('/').at(1) ?? targetGroup;
}

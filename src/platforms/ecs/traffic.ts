import {
  type ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attemptBy, changeAws } from '../../aws/call.ts';
import { isSameSplit, type Split } from '../../domain/traffic.ts';
import type { Traffic } from '../../ports/platform.ts';
import type { EcsColours } from './place.ts';
import { splitOf, withSplit } from './rule-actions.ts';
import { type ListenerRule, readRules } from './rules.ts';
import type { SeenRule, SeenRules } from './seen-rules.ts';
import { readTargetHealth, type TargetHealth } from './target-health.ts';

export type TrafficTools = { loadBalancing: ElasticLoadBalancingV2Client; seen: SeenRules };

/** Rules and target health, in one round of reads side by side: a rollback waits for it. */
export async function readTraffic(
  colours: EcsColours,
  { loadBalancing, seen }: TrafficTools,
  signal: AbortSignal,
): Promise<Traffic> {
  const [rules, blue, green] = await Promise.all([
    readRules(loadBalancing, colours, signal),
    readTargetHealth(loadBalancing, colours.blue.targetGroup, signal),
    readTargetHealth(loadBalancing, colours.green.targetGroup, signal),
  ]);
  for (const { arn, actions } of rules) seen.note(arn, actions);
  return trafficOf(rules, { blue: targetsOf(blue), green: targetsOf(green) }, colours);
}

/**
 * Sets the weights of every rule, side by side; one that fails does not hold up the others. Without a read where the rules
 * were read a moment ago. Ends when every write has been answered or has run into its time limit.
 */
export async function setTraffic(
  colours: EcsColours,
  split: Split,
  tools: TrafficTools,
  signal: AbortSignal,
): Promise<void> {
  const { loadBalancing, seen } = tools;
  const rules = seen.recent(colours.rules) ?? (await readRules(loadBalancing, colours, signal));
  const writes = rules.map((rule) => setRule(rule, { colours, split }, tools, signal));
  for (const result of await Promise.allSettled(writes)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

export function trafficOf(
  rules: readonly Pick<ListenerRule, 'arn' | 'actions'>[],
  targets: Traffic['targets'],
  colours: EcsColours,
): Traffic {
  const splits = rules.map(({ arn, actions }) => ({ arn, split: splitOf(actions, colours) }));
  const split = commonSplit(splits);
  return { rules: splits, targets, ...(split === undefined ? {} : { split }) };
}

function commonSplit(rules: Traffic['rules']): Split | undefined {
  let common: Split | undefined;
  for (const { split } of rules) {
    if ('other' in split) return undefined;
    if (common !== undefined && !isSameSplit(common, split)) return undefined;
    common = split;
  }
  return common;
}

/** Idempotent by value: the same actions again change nothing. */
async function setRule(
  { arn, actions }: SeenRule,
  { colours, split }: { colours: EcsColours; split: Split },
  { loadBalancing, seen }: TrafficTools,
  signal: AbortSignal,
): Promise<void> {
  const wanted = withSplit(actions, split, colours);
  const command = new ModifyRuleCommand({ RuleArn: arn, Actions: wanted });
  // Until it is known what the rule does now, it is read before it is written again.
  seen.forget(arn);
  const answer = await changeAws(`move the traffic of ${colours.title}`, { signal }, (attempt) => {
    attemptBy(attempt, command);
    return loadBalancing.send(command);
  });
  const [changed] = answer.Rules ?? [];
  if (changed?.Actions !== undefined) seen.note(arn, changed.Actions);
  signal.throwIfAborted();
}

function targetsOf({ healthy, others }: TargetHealth): { healthy: number; registered: number } {
  return { healthy, registered: healthy + others.length };
}

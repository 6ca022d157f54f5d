import { ControlError } from '../parts.ts';
import { AwsError } from './aws-error.ts';
import type { Rule } from './elb/model.ts';
import { modifyRule } from './elb/modify-rule.ts';
import type { Scope } from './names.ts';
import type { Context } from './operation.ts';
import { type Known, loadBalancerOf } from './service-states.ts';

/** One rule that a person changed in the console: the weights it had, and has now. */
export type MovedRule = { rule: string; from: Weights; to: Weights };
type Weights = { blue: number; green: number };
type TargetGroups = { blue: string; green: string };

/**
 * Sets the weights of every production rule of the service, as a person in the console would. Throws ControlError: 400
 * for a service without colours, 409 for what the load balancer refuses.
 */
export function moveWeights(known: Known, to: Weights, context: Omit<Context, 'scope'>): MovedRule[] {
  const groups = targetGroupsOf(known);
  const loadBalancer = loadBalancerOf(known, context.world);
  if (loadBalancer === undefined) throw withoutColours(known);
  const { account, region, listener } = loadBalancer;
  const scope = { account, region };
  return context.world.rules.flatMap((rule) => {
    const from = weightsOf(rule, groups);
    if (rule.listener !== listener || from === undefined) return [];
    changeRule(rule, { groups, to, scope }, context);
    return [{ rule: rule.arn, from, to }];
  });
}

function targetGroupsOf(known: Known): TargetGroups {
  const groupOf = (colour: string) =>
    known.members.find(({ seed }) => seed.colour === colour)?.service.targetGroup;
  const blue = groupOf('blue');
  const green = groupOf('green');
  if (blue !== undefined && green !== undefined) return { blue, green };
  throw withoutColours(known);
}

function withoutColours({ name, environment }: Known): ControlError {
  return new ControlError(400, `${name} in ${environment} has no two colours to weigh.`);
}

/** Undefined for a rule that does not choose between the colours, as one for previews. */
function weightsOf({ forward }: Rule, groups: TargetGroups): Weights | undefined {
  const weightOf = (group: string) => forward.find(({ targetGroup }) => targetGroup === group)?.weight;
  const blue = weightOf(groups.blue);
  const green = weightOf(groups.green);
  return blue === undefined || green === undefined ? undefined : { blue, green };
}

function changeRule(
  { arn, stickiness }: Rule,
  { groups, to, scope }: { groups: TargetGroups; to: Weights; scope: Scope },
  context: Omit<Context, 'scope'>,
): void {
  const TargetGroups = [
    { TargetGroupArn: groups.blue, Weight: to.blue },
    { TargetGroupArn: groups.green, Weight: to.green },
  ];
  // The console keeps stickiness. The API behind it reads switches as texts.
  const { enabled, durationSeconds } = stickiness;
  const kept = enabled ? { Enabled: 'true', DurationSeconds: durationSeconds } : undefined;
  const ForwardConfig = { TargetGroups, TargetGroupStickinessConfig: kept };
  const input = { RuleArn: arn, Actions: [{ Type: 'forward', ForwardConfig }] };
  try {
    modifyRule(input, { ...context, scope });
  } catch (error) {
    if (error instanceof AwsError) throw new ControlError(409, error.message);
    throw error;
  }
}

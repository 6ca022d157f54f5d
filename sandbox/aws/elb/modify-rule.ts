import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import type { World } from '../world.ts';
import { type Rule, type Stickiness, stickySeconds, type Weighted } from './model.ts';
import { ruleView } from './views.ts';

const Action = z.object({
  Type: z.string(),
  TargetGroupArn: z.string().optional(),
  ForwardConfig: z
    .object({
      TargetGroups: z
        .array(
          z.object({
            TargetGroupArn: z.string(),
            Weight: z.coerce.number().int().min(0).max(999).default(1),
          }),
        )
        .min(1)
        .max(5),
      TargetGroupStickinessConfig: z
        .object({
          Enabled: z.stringbool().default(false),
          DurationSeconds: z.coerce.number().int().min(1).max(604_800).optional(),
        })
        .optional(),
    })
    .optional(),
});
type Action = z.infer<typeof Action>;

const Condition = z.object({
  Field: z.enum(['http-header', 'host-header', 'path-pattern']),
  Values: z.array(z.string()).optional(),
  HttpHeaderConfig: z.object({ HttpHeaderName: z.string(), Values: z.array(z.string()).min(1) }).optional(),
  HostHeaderConfig: z.object({ Values: z.array(z.string()).min(1) }).optional(),
  PathPatternConfig: z.object({ Values: z.array(z.string()).min(1) }).optional(),
});

/** Replaces the rule's whole list of actions or conditions, as the real one does. */
export const modifyRule = operation(
  z.object({
    RuleArn: z.string(),
    Actions: z.array(Action).optional(),
    Conditions: z.array(Condition).optional(),
  }),
  'ValidationError',
  (input, { world }) => {
    const rule = world.rules.find(({ arn }) => arn === input.RuleArn);
    if (rule === undefined) throw new AwsError('RuleNotFound', 'One or more rules not found');
    if (rule.priority === 'default') {
      throw new AwsError('OperationNotPermitted', `Default rule '${rule.arn}' cannot be modified`);
    }
    if (input.Actions !== undefined) setActions(rule, input.Actions, world);
    if (input.Conditions !== undefined) rule.conditions = input.Conditions.map(conditionOf);
    return { Rules: [ruleView(rule)] };
  },
);

function setActions(rule: Rule, actions: readonly Action[], world: World): void {
  const [action] = actions;
  if (action === undefined || actions.length > 1 || action.Type !== 'forward') {
    throw new AwsError('InvalidLoadBalancerAction', 'This sandbox knows rules with one forward action only');
  }
  const wanted = forwardOf(action);
  for (const { targetGroup } of wanted) {
    if (world.targetGroups.some(({ arn }) => arn === targetGroup)) continue;
    throw new AwsError('TargetGroupNotFound', `One or more target groups not found: '${targetGroup}'`);
  }
  const stickiness = stickinessOf(action);
  refuseLooseGroups(rule, { wanted, stickiness }, world);
  rule.forward = wanted;
  rule.stickiness = stickiness;
  setTimeout(() => {
    rule.applied = wanted;
    world.changed();
  }, world.timing.ruleDelayMs).unref();
}

/** Targets that keep their clients are of no use when the rule's choice of the group changes with every request. */
function refuseLooseGroups(
  rule: Rule,
  { wanted, stickiness }: { wanted: readonly Weighted[]; stickiness: Stickiness },
  world: World,
): void {
  if (stickiness.enabled || wanted.length < 2) return;
  const groups = world.targetGroups.filter(({ arn }) =>
    wanted.some(({ targetGroup }) => targetGroup === arn),
  );
  if (!groups.some((group) => stickySeconds(group) > 0)) return;
  throw new AwsError(
    'InvalidLoadBalancerAction',
    `You must enable group stickiness on rule '${rule.arn}' if you enable target stickiness on one of its target groups`,
  );
}

function forwardOf({ TargetGroupArn: single, ForwardConfig: config }: Action): Weighted[] {
  if (config !== undefined) {
    return config.TargetGroups.map((group) => ({ targetGroup: group.TargetGroupArn, weight: group.Weight }));
  }
  if (single !== undefined) return [{ targetGroup: single, weight: 1 }];
  throw new AwsError('ValidationError', 'A forward action needs a target group');
}

function stickinessOf({ ForwardConfig: config }: Action): Stickiness {
  const wanted = config?.TargetGroupStickinessConfig;
  if (wanted?.Enabled === true && wanted.DurationSeconds === undefined) {
    throw new AwsError('ValidationError', 'Target group stickiness needs a duration');
  }
  return { enabled: wanted?.Enabled ?? false, durationSeconds: wanted?.DurationSeconds };
}

function conditionOf(condition: z.infer<typeof Condition>): Rule['conditions'][number] {
  const { Field, HttpHeaderConfig: header } = condition;
  const config = header ?? condition.HostHeaderConfig ?? condition.PathPatternConfig;
  const Values = config?.Values ?? condition.Values ?? [];
  if (Values.length === 0) throw new AwsError('ValidationError', 'A condition needs at least one value');
  if (header === undefined) return { Field, Values };
  return { Field, Values, HttpHeaderConfig: { HttpHeaderName: header.HttpHeaderName } };
}

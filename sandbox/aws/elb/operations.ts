import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { page } from '../page.ts';
import { modifyRule } from './modify-rule.ts';
import {
  describeTargetGroupAttributes,
  describeTargetGroups,
  describeTargetHealth,
  modifyTargetGroupAttributes,
} from './target-group-operations.ts';
import { listenerView, loadBalancerView, ruleView } from './views.ts';

const Paged = z.object({
  Marker: z.string().optional(),
  PageSize: z.coerce.number().min(1).max(400).default(400),
});
const Arns = z.array(z.string()).optional();

const describeLoadBalancers = operation(
  Paged.extend({ LoadBalancerArns: Arns, Names: Arns }),
  'ValidationError',
  (input, { world, scope }) => {
    const mine = world.loadBalancers.filter(
      ({ account, region }) => account === scope.account && region === scope.region,
    );
    const missing =
      input.LoadBalancerArns?.find((arn) => !mine.some((one) => one.arn === arn)) ??
      input.Names?.find((name) => !mine.some((one) => one.name === name));
    if (missing !== undefined)
      throw new AwsError('LoadBalancerNotFound', `Load balancers '[${missing}]' not found`);
    const wanted = mine.filter(
      ({ arn, name }) =>
        (input.LoadBalancerArns?.includes(arn) ?? true) && (input.Names?.includes(name) ?? true),
    );
    const { items, nextToken } = pageOf(wanted, input);
    return { LoadBalancers: items.map((one) => loadBalancerView(one, world)), NextMarker: nextToken };
  },
);

const describeListeners = operation(
  Paged.extend({ LoadBalancerArn: z.string().optional(), ListenerArns: Arns }),
  'ValidationError',
  (input, { world }) => {
    const owner = input.LoadBalancerArn;
    if (owner !== undefined && !world.loadBalancers.some(({ arn }) => arn === owner)) {
      throw new AwsError('LoadBalancerNotFound', `Load balancer '${owner}' not found`);
    }
    const unknown = input.ListenerArns?.find(
      (arn) => !world.loadBalancers.some((one) => one.listener === arn),
    );
    if (unknown !== undefined) throw new AwsError('ListenerNotFound', `Listener '${unknown}' not found`);
    const wanted = world.loadBalancers.filter(
      ({ arn, listener }) =>
        (owner === undefined || arn === owner) && (input.ListenerArns?.includes(listener) ?? true),
    );
    const { items, nextToken } = pageOf(wanted, input);
    return { Listeners: items.map((one) => listenerView(one, world)), NextMarker: nextToken };
  },
);

const describeRules = operation(
  Paged.extend({ ListenerArn: z.string().optional(), RuleArns: Arns }),
  'ValidationError',
  (input, { world }) => {
    const { ListenerArn: listener, RuleArns: arns } = input;
    if ((listener === undefined) === (arns === undefined)) {
      throw new AwsError('ValidationError', 'You must specify either listener rule ARNs or a listener ARN');
    }
    if (listener !== undefined && !world.loadBalancers.some((one) => one.listener === listener)) {
      throw new AwsError('ListenerNotFound', `Listener '${listener}' not found`);
    }
    const unknown = arns?.find((arn) => !world.rules.some((rule) => rule.arn === arn));
    if (unknown !== undefined) throw new AwsError('RuleNotFound', `Rules '[${unknown}]' not found`);
    const wanted = world.rules.filter(
      (rule) => (arns?.includes(rule.arn) ?? true) && (listener === undefined || rule.listener === listener),
    );
    const { items, nextToken } = pageOf(wanted, input);
    return { Rules: items.map(ruleView), NextMarker: nextToken };
  },
);

/** The part of the load balancers' API (version 2) this sandbox knows. */
export const elbOperations: Record<string, Operation> = {
  DescribeListeners: describeListeners,
  DescribeLoadBalancers: describeLoadBalancers,
  DescribeRules: describeRules,
  DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  DescribeTargetGroups: describeTargetGroups,
  DescribeTargetHealth: describeTargetHealth,
  ModifyRule: modifyRule,
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
};

function pageOf<Item>(items: readonly Item[], input: z.infer<typeof Paged>) {
  return page(items, { size: input.PageSize, token: input.Marker, refusal: 'ValidationError' });
}

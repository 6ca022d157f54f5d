import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeRules,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { callAws } from '../../aws/call.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsColours } from './place.ts';

/** A listener rule, as far as Forge needs to know it. */
export type ListenerRule = {
  arn: string;
  listener: string;
  /** Lower goes first. Of the default rule: infinite. */
  priority: number;
  isDefault: boolean;
  conditions: NonNullable<Rule['Conditions']>;
  actions: Action[];
};

/** The rules that split the target's traffic, in the policy's order. One call; a rule that is not there is refused. */
export async function readRules(
  loadBalancing: ElasticLoadBalancingV2Client,
  { rules: arns, title }: EcsColours,
  signal: AbortSignal,
): Promise<ListenerRule[]> {
  const command = new DescribeRulesCommand({ RuleArns: arns });
  const answer = await callAws(`read the listener rules of ${title}`, signal, (options) =>
    loadBalancing.send(command, options),
  );
  return chosen(answer.Rules?.map(parse) ?? [], { rules: arns, title });
}

/** Every rule of the listeners that the target's rules belong to. */
export async function readListeners(
  loadBalancing: ElasticLoadBalancingV2Client,
  { rules: arns, title }: EcsColours,
  signal: AbortSignal,
): Promise<ListenerRule[]> {
  const listeners = [...new Set(arns.map(listenerOf))];
  const read = async (ListenerArn: string) => {
    const rules: ListenerRule[] = [];
    await callAws(`read the listener rules of ${title}`, signal, async (options) => {
      const pages = paginateDescribeRules({ client: loadBalancing }, { ListenerArn }, options);
      for await (const page of pages) rules.push(...(page.Rules?.map(parse) ?? []));
    });
    return rules;
  };
  return (await Promise.all(listeners.map(read))).flat();
}

/** Those of the rules that the policy names, in its order. */
export function chosen(
  rules: readonly ListenerRule[],
  { rules: arns, title }: Pick<EcsColours, 'rules' | 'title'>,
): ListenerRule[] {
  return arns.map((arn) => {
    const found = rules.find((rule) => rule.arn === arn);
    if (found !== undefined) return found;
    throw new PlatformRefused(
      `A listener rule of ${title} does not exist (any more): ${arn}. Create it, or correct “rules” in forge.yml.`,
    );
  });
}

/** How people find the rule in AWS. */
export function ruleName({ priority, isDefault }: ListenerRule): string {
  return isDefault ? 'the default rule' : `the rule with priority ${priority}`;
}

function parse(rule: Rule): ListenerRule {
  const arn = rule.RuleArn ?? '';
  const isDefault = rule.IsDefault === true || rule.Priority === 'default';
  return {
    arn,
    listener: listenerOf(arn),
    priority: isDefault ? Number.POSITIVE_INFINITY : Number(rule.Priority),
    isDefault,
    conditions: rule.Conditions ?? [],
    actions: rule.Actions ?? [],
  };
}

/** `arn:…:listener-rule/app/name/1/2/3` is a rule of `arn:…:listener/app/name/1/2`. */
function listenerOf(rule: string): string {
  return rule.replace(':listener-rule/', ':listener/').replace(/\/[^/]*$/, '');
}

import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Colour } from '../../domain/release.ts';
import { type Split, splitTo } from '../../domain/traffic.ts';

/**
 * What to write so that a rule splits its traffic like that and does everything else as it did: a write replaces the whole
 * list. Both target groups are always named, at weight 0 too: one in no rule gets no health checks.
 */
export function withSplit(
  actions: readonly Action[],
  split: Split,
  colours: Record<Colour, { targetGroup: string }>,
): Action[] {
  const last = actions.find(answers);
  const forward: Action = {
    Type: 'forward',
    ...(last?.Order === undefined ? {} : { Order: last.Order }),
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: colours.blue.targetGroup, Weight: split.blue },
        { TargetGroupArn: colours.green.targetGroup, Weight: split.green },
      ],
      // A sticky rule would send people back to the colour they came from, against the weights.
      TargetGroupStickinessConfig: { Enabled: false },
    },
  };
  return [...actions.filter((action) => !answers(action)).map(kept), forward];
}

/** How a rule splits its traffic; words where that is no split between the two colours. */
export function splitOf(
  actions: readonly Action[],
  colours: Record<Colour, { targetGroup: string }>,
): Split | { other: string } {
  const last = actions.find(answers);
  if (last?.Type === 'redirect') return { other: 'redirects' };
  if (last?.Type === 'fixed-response') return { other: 'answers with a fixed response' };
  const groups = forwardsTo(last);
  const weightOf = (colour: Colour) => groups.get(colours[colour].targetGroup) ?? 0;
  const [blue, green] = [weightOf('blue'), weightOf('green')];
  let total = 0;
  for (const weight of groups.values()) total += weight;
  if (total > blue + green) return { other: 'leads to another target group' };
  if (total === 0) return { other: 'gives no target group a weight' };
  return splitTo('blue', percent(blue, total));
}

/** Weight by target group ARN of what an action forwards to. */
export function forwardsTo(action: Action | undefined): Map<string, number> {
  const { TargetGroupArn: single, ForwardConfig: config } = action ?? {};
  const groups = config?.TargetGroups ?? (single === undefined ? [] : [{ TargetGroupArn: single }]);
  return new Map(groups.map(({ TargetGroupArn = '', Weight = 1 }) => [TargetGroupArn, Weight]));
}

/** What the rule does in the end, after those actions that check who asks. */
export function lastAction(actions: readonly Action[]): Action | undefined {
  return actions.find(answers);
}

/** Whole percent; 0 and 100 only where nothing or everything is meant. */
function percent(weight: number, total: number): number {
  if (weight === 0 || weight === total) return (weight / total) * 100;
  return Math.min(99, Math.max(1, Math.round((weight / total) * 100)));
}

/** Whether the action ends the rule: a rule has one such, after those that check who asks. */
function answers({ Type }: Action): boolean {
  return Type === 'forward' || Type === 'redirect' || Type === 'fixed-response';
}

/** The client's secret is never read back: without this flag the load balancer would want it again. */
function kept(action: Action): Action {
  const { AuthenticateOidcConfig: config } = action;
  if (config === undefined) return action;
  const { ClientSecret: _, ...others } = config;
  return { ...action, AuthenticateOidcConfig: { ...others, UseExistingClientSecret: true } };
}

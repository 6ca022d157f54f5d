import type { Colour } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsColours } from './place.ts';
import { forwardsTo, lastAction } from './rule-actions.ts';
import { type ListenerRule, ruleName } from './rules.ts';

type RulesSeen = {
  /** Those that split the traffic. */
  rules: readonly ListenerRule[];
  /** Every rule of the same listeners. */
  listeners: readonly ListenerRule[];
};

/**
 * Refuses colours that a request cannot be sent to whatever the weights are: nothing could be tried out before it takes traffic, and
 * a target group that is in no rule is not health-checked. The header's values are secrets: no error tells them.
 */
export function refuseUnfitPreview(colours: EcsColours, seen: RulesSeen): void {
  for (const colour of ['blue', 'green'] as const) refuseUnreached(colours, colour, seen);
}

function refuseUnreached(colours: EcsColours, colour: Colour, { rules, listeners }: RulesSeen): void {
  const { header, valueFrom } = colours.preview;
  const { title } = colours[colour];
  const previews = listeners.filter((rule) => asksFor(rule, { header, colour }));
  const reaching = previews.filter((rule) => isOnlyTo(rule, colours[colour].targetGroup));
  const [preview] = reaching;
  if (preview === undefined) {
    const what = previews.length === 0 ? 'there is no listener rule' : 'the listener rule leads elsewhere';
    throw new PlatformRefused(
      `${title} cannot be tried out before it takes traffic: ${what} for the header ${header} with the secret of ${valueFrom} and “-${colour}”. Add one that forwards to its target group only.`,
    );
  }
  if (reaching.some((rule) => !isBehind(rule, rules))) return;
  throw new PlatformRefused(
    `${title} cannot be tried out before it takes traffic: ${ruleName(preview)}, for the header ${header}, comes after those that split the traffic. Give it a lower number than theirs.`,
  );
}

function asksFor(
  { conditions }: ListenerRule,
  { header, colour }: { header: string; colour: Colour },
): boolean {
  return conditions.some(({ Field, HttpHeaderConfig: config }) => {
    if (Field !== 'http-header' || config?.HttpHeaderName?.toLowerCase() !== header.toLowerCase())
      return false;
    return config.Values?.some((value) => value.toLowerCase().endsWith(`-${colour}`)) ?? false;
  });
}

function isOnlyTo({ actions }: ListenerRule, targetGroup: string): boolean {
  const weights = [...forwardsTo(lastAction(actions))].filter(([, weight]) => weight > 0);
  return weights.length === 1 && weights[0]?.[0] === targetGroup;
}

/** Whether one of the rules that split the traffic would take the request first. */
function isBehind({ listener, priority }: ListenerRule, rules: readonly ListenerRule[]): boolean {
  return rules.some((rule) => rule.listener === listener && rule.priority < priority);
}

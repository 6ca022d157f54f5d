import type { Colour } from '../../domain/release.ts';
import { isSameSplit, otherColour, type Split, soleColour } from '../../domain/traffic.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsColours, EcsPlace } from './place.ts';
import { forwardsTo, lastAction, splitOf } from './rule-actions.ts';
import { type ListenerRule, ruleName } from './rules.ts';
import type { EcsService } from './service.ts';

/** What was read of a target in colours. */
export type ColoursSeen = {
  /** Those that split its traffic. */
  rules: ListenerRule[];
  services: Record<Colour, EcsService>;
  /** Whether its target group keeps a client with its target. */
  isSticky: Record<Colour, boolean>;
};

/** Longest time that a rule may keep a client with its colour, against the weights. Seconds. */
const LONGEST_STICKY = 60;

/**
 * Which colour takes the traffic; refused where moving it would drop requests, or where the weights would not say where
 * requests go.
 */
export function refuseUnfitColours(colours: EcsColours, { rules, services, isSticky }: ColoursSeen): Colour {
  refuseSame(colours);
  for (const colour of ['blue', 'green'] as const) {
    refuseDetached(colours, services[colour], colour);
    if (isSticky[colour]) throw sticky(colours, colour);
  }
  const splits = rules.map((rule) => fitSplit(rule, colours));
  return agreedColour(colours, rules, splits);
}

/** Refuses a live colour that nothing answers on: it could not be gone back to. */
export function refuseUnserved({ title }: EcsPlace, healthy: number): void {
  if (healthy > 0) return;
  throw new PlatformRefused(
    `${title} takes the traffic and has no healthy target. Mend it, or move the traffic to a colour that works, then try again.`,
  );
}

function refuseSame({ blue, green, title }: EcsColours): void {
  const same = blue.targetGroup === green.targetGroup ? 'target group' : 'ECS service';
  if (blue.targetGroup !== green.targetGroup && blue.ecsService !== green.ecsService) return;
  throw new PlatformRefused(
    `Both colours of ${title} have the same ${same}, so no traffic can be moved between them. Give each its own in forge.yml.`,
  );
}

function refuseDetached(colours: EcsColours, { targetGroups }: EcsService, colour: Colour): void {
  const { title, ecsService, targetGroup } = colours[colour];
  if (!targetGroups.includes(targetGroup)) {
    throw new PlatformRefused(
      `${title} would get no requests: its ECS service ${ecsService} is not attached to the target group ${targetGroup}. Attach it, or correct the target group in forge.yml.`,
    );
  }
  if (targetGroups.includes(colours[otherColour(colour)].targetGroup)) {
    throw new PlatformRefused(
      `${title} would get the other colour’s requests too: its ECS service ${ecsService} is attached to both target groups. Detach it from the other one.`,
    );
  }
}

function sticky(colours: EcsColours, colour: Colour): PlatformRefused {
  return new PlatformRefused(
    `${colours[colour].title} has a target group with sticky sessions: people would stay with a bad release after its traffic is moved away. Turn stickiness off on that target group.`,
  );
}

/** How the rule splits the traffic, when Forge may set its weights. */
function fitSplit(rule: ListenerRule, colours: EcsColours): Split {
  const { title, blue, green } = colours;
  const name = ruleName(rule);
  if (rule.isDefault) {
    throw new PlatformRefused(
      `${title} is reached by the default rule of its listener, whose weights AWS lets nobody change. Add a rule with the path /* that forwards to both target groups, and name that in forge.yml.`,
    );
  }
  const split = splitOf(rule.actions, colours);
  if ('other' in split) {
    throw new PlatformRefused(
      `The traffic of ${title} is not Forge’s to move: ${name} ${split.other}. Let it forward to the target groups of both colours only, then try again.`,
    );
  }
  const action = lastAction(rule.actions);
  const groups = [...forwardsTo(action).keys()].toSorted();
  if (groups.join() !== [blue.targetGroup, green.targetGroup].toSorted().join()) {
    throw new PlatformRefused(
      `The traffic of ${title} cannot be moved: ${name} does not forward to the target groups of both colours and to no other. Correct it (weight 0 for the colour that is not live), then try again.`,
    );
  }
  const { Enabled, DurationSeconds = 0 } = action?.ForwardConfig?.TargetGroupStickinessConfig ?? {};
  if (Enabled === true && DurationSeconds > LONGEST_STICKY) {
    throw new PlatformRefused(
      `${title} keeps people with their colour for ${DurationSeconds} s (${name} is sticky), whatever the weights say. Turn its stickiness off.`,
    );
  }
  return split;
}

function agreedColour(
  { title }: EcsColours,
  rules: readonly ListenerRule[],
  splits: readonly Split[],
): Colour {
  const [first] = splits;
  if (first === undefined) {
    throw new PlatformRefused(
      `${title} has no listener rule in forge.yml. Name those that lead to it under “rules”.`,
    );
  }
  if (splits.some((split) => !isSameSplit(split, first))) {
    const said = rules
      .map((rule, index) => `${ruleName(rule)}: ${inWords(splits[index] ?? first)}`)
      .join('; ');
    throw new PlatformRefused(
      `The listener rules of ${title} disagree (${said}). Give all of them the same weights, then try again.`,
    );
  }
  const live = soleColour(first);
  if (live !== undefined) return live;
  throw new PlatformRefused(
    `The traffic of ${title} is split: ${inWords(first)}. Move all of it to one colour, then try again.`,
  );
}

function inWords({ blue, green }: Split): string {
  return `blue ${blue} %, green ${green} %`;
}

import { describe, expect, it } from 'vitest';
import { coloursOf } from '../../../src/platforms/ecs/place.ts';
import { refuseUnfitPreview } from '../../../src/platforms/ecs/preview-rules.ts';
import type { ListenerRule } from '../../../src/platforms/ecs/rules.ts';
import { anEnvironmentPolicy, aPolicy, aRegion } from '../../builders.ts';
import { aColouredService, aRuleArn, aTargetGroupArn } from '../../colour-builders.ts';

const target = { service: 'checkout', environment: 'production', region: aRegion };
const policy = aPolicy({ services: [aColouredService()], environments: [anEnvironmentPolicy()] });
const colours = coloursOf(policy, target);
const split = aRule({ priority: 100 });

type Preview = {
  name?: string;
  values?: string[];
  listener?: string;
  priority?: number;
  weights?: Record<string, number>;
};

describe('the way to a colour that takes no traffic', () => {
  it.each([
    ['by a header in other letters', { name: 'x-forge-preview' }],
    ['by a secret in other letters', { values: ['SECRET-GREEN'] }],
    ['by one of several values', { values: ['another-secret', 'secret-green'] }],
    ['besides a target group that gets nothing', { weights: { [green()]: 1, [blue()]: 0 } }],
    ['on a listener of its own, whatever its number', { listener: 'preview', priority: 200 }],
  ] satisfies [string, Preview][])('is there %s', (_, preview) => {
    expect(() => tryOut(aPreview(preview))).not.toThrow();
  });

  it('is there when one of two rules comes before those that split the traffic', () => {
    expect(() => tryOut(aPreview({ priority: 200 }), aPreview({ priority: 20 }))).not.toThrow();
  });

  it.each([
    ['is for another header', { name: 'X-Other' }, /green cannot be tried out .*: there is no listener rule/],
    ['is for another colour', { values: ['secret-blue'] }, /green .*: there is no listener rule/],
    ['only ends like it', { values: ['secretgreen'] }, /green .*: there is no listener rule/],
    ['leads elsewhere too', { weights: { [green()]: 9, [blue()]: 1 } }, /the listener rule leads elsewhere/],
    ['gives it nothing', { weights: { [green()]: 0 } }, /the listener rule leads elsewhere/],
    ['comes too late', { priority: 101 }, /the rule with priority 101, .*, comes after those that split/],
  ] satisfies [string, Preview, RegExp][])('is missing where the rule %s', (_, preview, words) => {
    expect(() => tryOut(aPreview(preview))).toThrow(words);
  });
});

/** With the one to blue as it should be. */
function tryOut(...previews: ListenerRule[]): void {
  const toBlue = aPreview({ values: ['secret-blue'], weights: { [blue()]: 1 } });
  refuseUnfitPreview(colours, { rules: [split], listeners: [toBlue, ...previews, split] });
}

function aPreview(preview: Preview): ListenerRule {
  const { name: HttpHeaderName = 'X-Forge-Preview', values: Values = ['secret-green'] } = preview;
  const { listener = 'main', priority = 10, weights = { [green()]: 1 } } = preview;
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
    TargetGroupArn,
    Weight,
  }));
  return aRule({
    ...{ listener, priority },
    conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values } }],
    actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
  });
}

function aRule(change: Partial<ListenerRule>): ListenerRule {
  return {
    ...{ arn: aRuleArn(), listener: 'main', priority: 10, isDefault: false, conditions: [], actions: [] },
    ...change,
  };
}

function blue(): string {
  return aTargetGroupArn('blue');
}

function green(): string {
  return aTargetGroupArn('green');
}

import type { Colour, Target } from '../../src/domain/release.ts';
import { isSameSplit, type Split, soleColour, splitTo } from '../../src/domain/traffic.ts';
import type { Traffic } from '../../src/ports/platform.ts';

export type RuleSplit = Split | { other: string };

type Rule = { arn: string; split: RuleSplit; isStuck: boolean };

/** The listener rules of one target in colours. */
export class FakeRules {
  readonly #rules: Rule[];
  #late: { reads: number; shown?: RuleSplit[] } = { reads: 0 };

  constructor(target: Target, { count, live }: { count: number; live: Colour }) {
    const balancer = `arn:aws:elasticloadbalancing:${target.region}:111111111111:listener-rule/app`;
    this.#rules = Array.from({ length: count }, (_, index) => ({
      arn: `${balancer}/${target.service}/${index + 1}`,
      split: splitTo(live, 100),
      isStuck: false,
    }));
  }

  /** As they really are. */
  splits(): RuleSplit[] {
    return this.#rules.map(({ split }) => split);
  }

  /** As they are described: late reads show them as they were. */
  described(): Pick<Traffic, 'rules' | 'split'> {
    const shown = this.#late.reads > 0 ? this.#late.shown : undefined;
    if (shown !== undefined) this.#late.reads -= 1;
    const rules = this.#rules.map(({ arn, split }, index) => ({ arn, split: shown?.[index] ?? split }));
    const split = commonSplit(rules.map((rule) => rule.split));
    return split === undefined ? { rules } : { rules, split };
  }

  /** The colour that takes every request of every rule. */
  live(): Colour | undefined {
    const split = commonSplit(this.splits());
    return split === undefined ? undefined : soleColour(split);
  }

  /** Whether a rule gives the colour traffic, or does something else altogether. */
  mayUse(on: Colour): boolean {
    return this.#rules.some(({ split }) => 'other' in split || split[on] > 0);
  }

  /** As somebody else would: all rules, or only one (0 is the first). */
  move(split: RuleSplit, only?: number): void {
    for (const [index, rule] of this.#rules.entries()) {
      if (only === undefined || only === index) rule.split = split;
    }
  }

  /** Returns the names of those that changed. Those that are stuck stay as they are. */
  set(split: Split): string[] {
    if (this.#late.reads > 0) this.#late.shown = this.splits();
    const changed = this.#rules.filter((rule) => !rule.isStuck && !isSplit(rule.split, split));
    for (const rule of changed) rule.split = split;
    return changed.map(({ arn }) => `rule ${arn.split('/').at(-1)}`);
  }

  stick(index: number, isStuck: boolean): void {
    const rule = this.#rules[index];
    if (rule !== undefined) rule.isStuck = isStuck;
  }

  isAnyStuck(): boolean {
    return this.#rules.some(({ isStuck }) => isStuck);
  }

  /** The next so many descriptions after the next change are from before it. */
  delayReads(reads: number): void {
    this.#late = { reads };
  }
}

function commonSplit(splits: readonly RuleSplit[]): Split | undefined {
  const [first] = splits;
  if (first === undefined || 'other' in first) return undefined;
  return splits.every((split) => isSplit(split, first)) ? first : undefined;
}

function isSplit(one: RuleSplit, split: Split): boolean {
  return !('other' in one) && isSameSplit(one, split);
}

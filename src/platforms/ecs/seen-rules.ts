import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * What each rule last did, by ARN: a write replaces all of a rule's actions, so they must be known, and nobody waits for a read
 * when they were read a moment ago. For a short time only, or a change by somebody else would be undone.
 */
export class SeenRules {
  readonly #seen = new Map<string, { actions: readonly Action[]; at: number }>();
  readonly #lasts: number;
  readonly #now: () => number;

  /** `lasts`: milliseconds. */
  constructor(options: { lasts: number; now: () => number }) {
    this.#lasts = options.lasts;
    this.#now = options.now;
  }

  note(rule: string, actions: readonly Action[]): void {
    this.#seen.set(rule, { actions, at: this.#now() });
  }

  forget(rule: string): void {
    this.#seen.delete(rule);
  }

  /** The actions of all these rules; undefined when one of them was not seen lately. */
  recent(rules: readonly string[]): SeenRule[] | undefined {
    const found: SeenRule[] = [];
    for (const arn of rules) {
      const seen = this.#seen.get(arn);
      if (seen === undefined || this.#now() - seen.at >= this.#lasts) return undefined;
      found.push({ arn, actions: seen.actions });
    }
    return found;
  }
}

export type SeenRule = { arn: string; actions: readonly Action[] };

import type { Policy } from '../../src/domain/policy.ts';

/**
 * Load balancers go on using old weights for a while after new ones were read back, and nobody says how long: two minutes were
 * enough at AWS. No colour loses its tasks before. Milliseconds.
 */
export function oldWeightsLast({ timing }: Pick<Policy, 'timing'>): number {
  return 8 * timing.settle;
}

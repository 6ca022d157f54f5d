import type { StrategyName } from '../domain/policy.ts';
import { movingTraffic } from './moving-traffic.ts';
import { rolling } from './rolling.ts';
import type { Strategy } from './strategy.ts';

/** Blue-green and canary differ in their steps alone, which are settings. */
export const strategies = {
  rolling,
  'blue-green': movingTraffic,
  canary: movingTraffic,
} satisfies Record<StrategyName, Strategy>;

const names: readonly StrategyName[] = ['rolling', 'blue-green', 'canary'];

export function strategyNamed(name: string): StrategyName | undefined {
  return names.find((one) => one === name);
}

import type { EnvironmentPolicy } from '../domain/policy.ts';
import { rolling } from './rolling.ts';
import type { Strategy } from './strategy.ts';

export const strategies = { rolling } satisfies Record<EnvironmentPolicy['strategy'], Strategy>;

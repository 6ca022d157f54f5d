import type { ShiftStep } from './policy.ts';

/** The steps of a strategy where nobody wrote any. */
export const defaultSteps = {
  'blue-green': [{ weight: 100, bake: 1_800_000 }],
  canary: [10, 25, 50, 100].map((weight) => ({ weight, bake: 600_000 })),
} as const satisfies Record<string, readonly ShiftStep[]>;

import { z } from 'zod';
import { Duration, DurationOrOff } from './duration.ts';
import { PercentOrOff } from './percent.ts';

/** Pass targets as they are written; what is left out has its usual limit, `off` has none. */
export const PassTargets = z
  .strictObject({
    errors: PercentOrOff.optional(),
    '5xx': PercentOrOff.optional(),
    p95: DurationOrOff.optional(),
    p99: DurationOrOff.optional(),
    'active connections': PercentOrOff.optional(),
    'database connections': PercentOrOff.optional(),
  })
  .describe('What must hold at the end of every bake; left out: the usual limits. `off` switches one off.');
export type PassTargets = z.infer<typeof PassTargets>;

/** Triggers as they are written, in the same way. */
export const Triggers = z
  .strictObject({
    for: Duration.optional(),
    errors: PercentOrOff.optional(),
    '5xx': PercentOrOff.optional(),
    p99: DurationOrOff.optional(),
    'active connections below': PercentOrOff.optional(),
  })
  .describe('What puts the previous release back when it lasts longer than `for`. `off` switches one off.');
export type Triggers = z.infer<typeof Triggers>;

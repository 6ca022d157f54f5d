import { z } from 'zod';
import { environmentNamed, type Policy } from '../../src/domain/policy.ts';

/**
 * What the policy says that decides what a run does next. A run reads it once: one that goes on after a restart has to do
 * the same again, though the policy has changed meanwhile. Milliseconds.
 */
export const Limits = z.strictObject({
  poll: z.number(),
  observe: z.number(),
  silence: z.number(),
  evidenceWithin: z.number(),
  questionWithin: z.number(),
  /** When the dead-man switch cannot be armed: ask people, or go on without. */
  withoutSwitch: z.enum(['ask', 'go on']),
});
export type Limits = z.infer<typeof Limits>;

export function limitsOf(policy: Policy, environment: string): Limits {
  const { poll, observe, silence, evidenceWithin, questionWithin } = policy.timing;
  const withoutSwitch = environmentNamed(policy, environment)?.deadMan?.otherwise ?? 'ask';
  return { poll, observe, silence, evidenceWithin, questionWithin, withoutSwitch };
}

import type { Policy } from '../domain/policy.ts';

/** Where the policy is kept, and how a newer one comes into force. */
export type PolicySource = {
  /** Reads it afresh and changes nothing. Every problem is a sentence for those who look after it. Idempotent. */
  read(): Promise<PolicyRead>;
  /** From now on everything that asks the policy is answered by this one, all of it at once. Idempotent. */
  replace(policy: Policy): void;
};

export type PolicyRead = { kind: 'valid'; policy: Policy } | { kind: 'invalid'; problems: string[] };

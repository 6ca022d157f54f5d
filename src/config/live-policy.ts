import type { Policy } from '../domain/policy.ts';

export type LivePolicy = {
  /** One object for ever, whose content is that of the policy in force: who keeps it always reads the newest. */
  policy: Policy;
  /** All of it at once, between two turns of the event loop: nobody sees a part of each. */
  replace(next: Policy): void;
};

export function livePolicy(first: Policy): LivePolicy {
  const policy = { ...first };
  return {
    policy,
    replace(next) {
      for (const key of Object.keys(policy)) if (!(key in next)) Reflect.deleteProperty(policy, key);
      Object.assign(policy, next);
    },
  };
}

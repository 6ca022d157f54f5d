import type { Policy, ShiftStep } from '../../../src/domain/policy.ts';

/** How production deploys. Milliseconds. */
export type Production = {
  kind: 'blue-green' | 'canary';
  steps: ShiftStep[];
  standby: number;
};

/** Longer than any trial: it acts only where Forge forgets it. Milliseconds. */
const SILENCE = 90_000;

/**
 * The policy with this production. Nobody comes by often enough for evidence by traffic, everybody may end a bake early, and
 * whatever is asked for starts by itself at any time.
 */
export function withProduction(policy: Policy, production: Production | undefined): Policy {
  if (production === undefined) return policy;
  const { standby, ...strategy } = production;
  return {
    ...policy,
    people: { ...policy.people, all: { ...policy.people.all, everyone: 'approver' } },
    environments: policy.environments.map((environment) => {
      if (environment.name !== 'production') return environment;
      const { approvals: _byNobody, windows: _anyTime, ...known } = environment;
      return {
        ...known,
        ...{ strategy, standby },
        gates: { ...known.gates, evidence: 'smoke' as const },
        ...(known.deadMan === undefined ? {} : { deadMan: { ...known.deadMan, after: SILENCE } }),
      };
    }),
  };
}

/** Whether a bake does not end in a trial unless somebody ends it. */
export function waitsForPeople(production: Production | undefined): boolean {
  return production?.steps.some(({ bake }) => bake > SILENCE) === true;
}

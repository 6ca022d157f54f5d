import type { Policy, ShiftStep } from '../../../src/domain/policy.ts';
import { MAYA } from './screen.ts';

/** How production deploys. Milliseconds. */
export type Production = {
  kind: 'blue-green' | 'canary';
  steps: ShiftStep[];
  standby: number;
};

/** Longer than any trial: it acts only where Forge forgets it. Milliseconds. */
const SILENCE = 90_000;

/** The policy with this production. Nobody comes by often enough for evidence by traffic, and Maya may end a bake early. */
export function withProduction(policy: Policy, production: Production | undefined): Policy {
  if (production === undefined) return policy;
  const { standby, ...strategy } = production;
  return {
    ...policy,
    approvers: [...policy.approvers, MAYA],
    environments: policy.environments.map((environment) =>
      environment.name === 'production'
        ? {
            ...environment,
            ...{ strategy, standby },
            gates: { ...environment.gates, evidence: 'smoke' },
            ...(environment.deadMan === undefined
              ? {}
              : { deadMan: { ...environment.deadMan, after: SILENCE } }),
          }
        : environment,
    ),
  };
}

/** Whether a bake does not end in a trial unless somebody ends it. */
export function waitsForPeople(production: Production | undefined): boolean {
  return production?.steps.some(({ bake }) => bake > SILENCE) === true;
}

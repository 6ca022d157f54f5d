import { describe, expect, it } from 'vitest';
import { createShownPlans } from '../../src/use-cases/shown-plans.ts';
import { aPlan, aRelease } from '../builders.ts';

const minute = 60_000;
const plan = planOf('v1.1.0');
const emergency = planOf('v1.1.1');

describe('a plan that a person was shown', () => {
  it('is found by its digest, with the one for an emergency', () => {
    const shown = createShownPlans();
    shown.keep({ plan, emergency }, 0);

    expect(shown.find(plan.digest, minute)).toMatchObject({ plan, emergency });
  });

  it('is not found by another digest, or by none', () => {
    const shown = createShownPlans();
    shown.keep({ plan, emergency }, 0);

    expect(shown.find(emergency.digest, minute)).toBeUndefined();
    expect(shown.find(undefined, minute)).toBeUndefined();
  });

  it('is too old after ten minutes', () => {
    const shown = createShownPlans();
    shown.keep({ plan }, 0);

    expect(shown.find(plan.digest, 10 * minute - 1)).toMatchObject({ plan });
    expect(shown.find(plan.digest, 10 * minute)).toBeUndefined();
  });

  it('is as young as the last time it was shown', () => {
    const shown = createShownPlans();
    shown.keep({ plan }, 0);
    shown.keep({ plan }, 9 * minute);

    expect(shown.find(plan.digest, 18 * minute)).toMatchObject({ plan });
  });

  it('does not count where the clock went back since: nobody knows how old it is', () => {
    const shown = createShownPlans();
    shown.keep({ plan }, minute);

    expect(shown.find(plan.digest, minute - 1)).toBeUndefined();
  });

  it('is the first to be forgotten when it is the one shown longest ago of more than 200', () => {
    const shown = createShownPlans();
    const [first, second, ...others] = Array.from({ length: 201 }, (_, index) => planOf(`v2.0.${index}`));
    if (first === undefined || second === undefined) throw new Error('There are no plans');
    shown.keep({ plan: first }, 0);
    shown.keep({ plan: second }, 1);
    shown.keep({ plan: first }, 2);
    for (const other of others) shown.keep({ plan: other }, 3);

    expect(shown.find(first.digest, minute)).toBeDefined();
    expect(shown.find(second.digest, minute)).toBeUndefined();
    expect(others.every(({ digest }) => shown.find(digest, minute) !== undefined)).toBe(true);
  });

  it('is known to the Forge that showed it only', () => {
    createShownPlans().keep({ plan }, 0);

    expect(createShownPlans().find(plan.digest, minute)).toBeUndefined();
  });
});

function planOf(version: string) {
  return aPlan({ to: aRelease({ version }) });
}

import { describe, expect, it } from 'vitest';
import { Fault, Faults } from '../../../sandbox/faults.ts';

const aFault = (given: Record<string, unknown> = {}) =>
  Fault.parse({ service: 'ecs', operation: 'UpdateService', kind: 'error', ...given });

describe('faults', () => {
  it('count what they spoiled, apart from what passed before', () => {
    const faults = new Faults();
    faults.set([aFault({ nth: 2, times: 2 })]);

    for (let call = 0; call < 5; call += 1) faults.take('ecs', 'UpdateService');

    expect(faults.list()).toMatchObject([{ calls: 5, struck: 2 }]);
  });

  it('of the same call do not both claim it', () => {
    const faults = new Faults();
    faults.set([aFault({ kind: 'slow' }), aFault({ operation: '*' })]);

    const struck = faults.take('ecs', 'UpdateService');

    expect(struck?.kind).toBe('slow');
    expect(faults.list()).toMatchObject([{ struck: 1 }, { struck: 0 }]);
  });

  it('keep their counts when another is added or ended', () => {
    const faults = new Faults();
    faults.set([aFault({ times: 3 })]);
    faults.take('ecs', 'UpdateService');

    faults.add(aFault({ service: 'ecr', operation: '*' }));
    const [, second] = faults.list();
    const isKnown = faults.end(second?.id ?? 0);

    expect(isKnown).toBe(true);
    expect(faults.list()).toMatchObject([{ calls: 1, struck: 1 }]);
  });

  it('that are gone cannot be ended again', () => {
    const faults = new Faults();
    faults.set([aFault()]);
    const [{ id } = { id: 0 }] = faults.list();

    expect([faults.end(id), faults.end(id)]).toEqual([true, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { endStandbyRun, endStandbyRuns, keptStandbys } from '../../src/domain/standby.ts';

const kept = { on: 'blue', until: 1_000, desired: 2 } as const;

describe('what a deployment keeps warm', () => {
  it('is every colour that has not ended yet', () => {
    const standby = { 'eu-west-1': kept, 'us-east-1': { ...kept, endedAt: 900 } };

    expect(keptStandbys({ standby })).toEqual([{ region: 'eu-west-1', standby: kept }]);
  });

  it('is ended by another run when it is kept longer, since a run has its id once', () => {
    expect(endStandbyRun(7, 'eu-west-1', kept)).toBe('end-standby/7/eu-west-1/1000');
    expect(endStandbyRun(7, 'eu-west-1', { until: 2_000 })).toBe('end-standby/7/eu-west-1/2000');
  });

  it('may still be scaled down by its run when its end is recorded', () => {
    const standby = { 'eu-west-1': kept, 'us-east-1': { ...kept, endedAt: 900 } };

    expect(endStandbyRuns({ number: 7, standby })).toEqual([
      'end-standby/7/eu-west-1/1000',
      'end-standby/7/us-east-1/1000',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { buildStanding } from '../../src/domain/build-standing.ts';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { checksStanding } from '../../src/domain/check-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { plannedCheck } from '../../src/domain/policy-checks.ts';
import { aDeployment, aMoment, aPlan, aPlanFor, aRegion, aRelease, aRequestedEvent } from '../builders.ts';

const digest = (digit: string) => ({ [aRegion]: `sha256:${digit.repeat(64)}` });

describe('what was scheduled with its image', () => {
  it('is not agreed to with another image of the same commit', () => {
    const shown = aPlan({ to: aRelease({ digests: digest('1') }) });
    const other = aPlan({ to: aRelease({ digests: digest('2') }) });

    const { agreed } = aDeployment([
      aRequestedEvent({ plan: shown, startAt: 5_000_000_000_000 }),
      { type: 'replanned', plan: other },
    ]);

    expect(agreed?.about.to).toEqual(shown.to);
  });
});

describe('a build that is tried again', () => {
  it('has no run yet, nor the address of the one before', () => {
    const { build } = aDeployment([
      aRequestedEvent(),
      { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
      { type: 'build-progressed', run: 7, url: 'https://github.test/runs/7', jobs: [] },
      { type: 'build-failed', says: 'no', deadline: aMoment + 9_000 },
      { type: 'build-retried' },
    ]);

    expect(build).toMatchObject({ state: 'to-do', attempt: 2 });
    expect(build).not.toHaveProperty('run');
    expect(build).not.toHaveProperty('url');
  });
});

describe('an image that one of two regions does not have', () => {
  it('is yet to be made', () => {
    const plan = aPlanFor([aRegion, 'us-east-1'], { to: aRelease({ digests: digest('1') }) });
    const policy = { workflow: 'deploy.yml', ref: 'main', within: 60_000 };

    const standing = buildStanding(aDeployment([aRequestedEvent({ plan })]), { policy, now: aMoment });

    expect(standing).toMatchObject({ kind: 'to-start' });
  });
});

describe('a check that passed', () => {
  const told: CheckPolicy = { name: 'Told', kind: 'box', says: 'All are told', within: 60_000 };
  const events: DeploymentEvent[] = [
    { type: 'checks-planned', checks: [plannedCheck(told)] },
    { type: 'box-ticked', name: 'Told', of: plannedCheck(told).of },
  ];
  const standing = (asked: CheckPolicy) =>
    checksStanding(aDeployment([aRequestedEvent(), ...events]), {
      ...{ policy: [asked], isImageThere: true, now: aMoment },
    });

  it('is another one as soon as it asks for something else under the same name', () => {
    expect(standing(told)).toMatchObject({ kind: 'cleared' });
    expect(standing({ ...told, says: 'The customers are told' })).toMatchObject({ kind: 'to-plan' });
  });
});

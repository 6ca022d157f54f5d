import { describe, expect, it } from 'vitest';
import { requireOverridable, requireTickable, retryOf } from '../../src/domain/check-answers.ts';
import { requireResumable } from '../../src/domain/decisions.ts';
import { isInTheWay } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { personWaitedFor } from '../../src/domain/failed-before-start.ts';
import { aDeployment, aMoment } from '../builders.ts';
import { inPhase } from '../in-phase.ts';

const planned: DeploymentEvent = {
  type: 'checks-planned',
  checks: [
    { name: 'Unit tests', kind: 'command', of: 'u1' },
    { name: 'Told', kind: 'box', of: 't1', box: { says: 'People are told' } },
  ],
};
const checked: DeploymentEvent[] = [{ type: 'checking' }, planned];
const failure: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Unit tests', verdict: 'failed', says: 'x', deadline: aMoment + 60_000 },
};
const failed = aDeployment([...checked, failure]);

describe('trying again', () => {
  it('is of the check that failed', () => {
    expect(retryOf(failed)).toEqual({ type: 'check-retried', name: 'Unit tests' });
  });

  it('is of the build that failed', () => {
    const deployment = aDeployment([
      { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
      { type: 'build-failed', says: 'x', deadline: aMoment + 60_000 },
    ]);

    expect(retryOf(deployment)).toEqual({ type: 'build-retried' });
  });

  it('is refused where nothing has failed', () => {
    expect(() => retryOf(aDeployment(checked))).toThrow(
      'There is nothing to retry: nothing of #142 has failed.',
    );
  });

  it('is refused of what is over, has started or is being aborted', () => {
    expect(() => retryOf(inPhase('refused'))).toThrow('#142 cannot be retried: it ended before it began');
    expect(() => retryOf(inPhase('running'))).toThrow('#142 cannot be retried: it has started already.');
    expect(() => retryOf(aDeployment([...checked, failure, { type: 'abort-requested' }]))).toThrow(
      'it is being aborted',
    );
  });
});

describe('overriding', () => {
  it('is of a failed check that the policy lets somebody override', () => {
    const deployment = aDeployment([...checked, { ...failure, override: 'release-manager' }]);

    expect(requireOverridable(deployment)).toMatchObject({ name: 'Unit tests', override: 'release-manager' });
  });

  it('is refused of every other check, with what helps', () => {
    expect(() => requireOverridable(failed)).toThrow(
      '“Unit tests” has to pass: nobody may override it. Have its cause mended, then retry it with `/forge retry #142`',
    );
    expect(() => requireOverridable(aDeployment(checked))).toThrow('no check of #142 has failed');
  });
});

describe('a box', () => {
  it('is found however it is spelt', () => {
    expect(requireTickable(failed, ' told ')).toMatchObject({ name: 'Told', of: 't1' });
  });

  it('that is none is refused, with those that are open', () => {
    expect(() => requireTickable(failed, 'Unit tests')).toThrow(
      '#142 has no box called “Unit tests”. Open are “Told”.',
    );
    expect(() => requireTickable(aDeployment([]), 'Told')).toThrow('It has none that is open.');
  });

  it('that is ticked says by whom', () => {
    const ticked: DeploymentEvent = { type: 'box-ticked', name: 'Told', of: 't1' };

    expect(() => requireTickable(aDeployment([planned, ticked]), 'Told')).toThrow(
      'Nothing was done: <@U0MAYA> has confirmed “Told” of #142 already.',
    );
    const byForge = aDeployment([planned, ticked], { by: { kind: 'job', run: 'x' } });
    expect(() => requireTickable(byForge, 'Told')).toThrow('Somebody has confirmed');
  });
});

describe('a deployment that failed a check', () => {
  it('is not resumed, but retried', () => {
    expect(() => requireResumable(failed)).toThrow('To do that, type `/forge retry #142`.');
  });

  it('waits for a person until its deadline, and holds up nobody', () => {
    expect(personWaitedFor(failed)).toBe(aMoment + 60_000);
    expect(personWaitedFor(inPhase('running'))).toBeUndefined();
    expect(personWaitedFor(aDeployment(checked))).toBeUndefined();
    expect(isInTheWay(failed)).toBe(false);
    expect(isInTheWay(inPhase('building'))).toBe(false);
  });
});

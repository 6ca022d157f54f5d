import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment } from '../builders.ts';

const unit = { name: 'Unit tests', kind: 'command', of: 'u1' };
const ci = { name: 'CI', kind: 'github', of: 'c1' };
const told = { name: 'Told', kind: 'box', of: 't1', box: { says: 'People are told', by: 'deployer' } };
const planned: DeploymentEvent = { type: 'checks-planned', checks: [unit, ci, told] };
const failed: DeploymentEvent = {
  ...{
    type: 'check-failed',
    name: 'Unit tests',
    verdict: 'failed',
    says: 'one test',
    deadline: aMoment + 9_000,
  },
  ...{ tail: ['no'], more: { command: 'npm test' }, override: 'release-manager' },
};
const begun: DeploymentEvent[] = [
  { type: 'checking' },
  planned,
  { type: 'check-started', name: 'Unit tests' },
];
const building: DeploymentEvent[] = [
  { type: 'checking' },
  { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
];

const states = (...events: DeploymentEvent[]) => aDeployment(events).checkStates.map(({ state }) => state);

describe('the checks of a deployment', () => {
  it('are to be done in the order of the policy', () => {
    expect(aDeployment([planned]).checkStates).toEqual([
      { ...unit, state: 'to-do' },
      { ...ci, state: 'to-do' },
      { ...told, state: 'to-do' },
    ]);
  });

  it('are begun one by one', () => {
    const [first, second] = aDeployment(begun).checkStates;

    expect(first).toMatchObject({ ...unit, state: 'running' });
    expect(second).toMatchObject({ state: 'to-do' });
  });

  it('say who is late', () => {
    const more = { url: 'https://ci.example/7' };
    const waiting: DeploymentEvent = { type: 'check-waiting', name: 'Unit tests', says: 'it runs', more };
    const { checkStates } = aDeployment([...begun, waiting]);

    expect(checkStates[0]).toMatchObject({ state: 'running', says: 'it runs', more });
  });

  it('pass with what was found, which began when it began', () => {
    const { checkStates } = aDeployment([
      ...begun,
      { type: 'check-passed', name: 'Unit tests', detail: '12 passed' },
    ]);

    expect(checkStates[0]).toEqual({
      ...{ ...unit, state: 'passed', detail: '12 passed' },
      ...{ startedAt: aMoment + 3_000, endedAt: aMoment + 4_000 },
    });
  });

  it('fail with everything that helps, and have it wait for people', () => {
    const deployment = aDeployment([...begun, { type: 'waiting', for: 'window', why: 'night' }, failed]);

    expect(deployment.phase).toEqual({ kind: 'checking' });
    expect(deployment.checkStates[0]).toMatchObject({
      ...{ state: 'failed', says: 'one test', tail: ['no'], more: { command: 'npm test' } },
      ...{ override: 'release-manager', deadline: aMoment + 9_000 },
    });
  });

  it('are old when one has failed, is tried again or is overridden: buttons mean something else', () => {
    const before = aDeployment(begun).generation;

    expect(aDeployment([...begun, failed]).generation).toBe(before + 1);
    for (const type of ['check-retried', 'check-overridden'] as const) {
      expect(aDeployment([...begun, failed, { type, name: 'Unit tests' }]).generation).toBe(before + 2);
    }
  });

  it('forget how they failed when they are tried again', () => {
    const again: DeploymentEvent = { type: 'check-retried', name: 'Unit tests' };
    const { checkStates } = aDeployment([...begun, failed, again]);

    expect(checkStates[0]).toEqual({ ...unit, state: 'running', startedAt: aMoment + 5_000 });
  });

  it('count as passed by somebody’s word, with the reason and what had failed', () => {
    const override: DeploymentEvent = { type: 'check-overridden', name: 'Unit tests' };
    const { checkStates } = aDeployment([...begun, failed, override], { why: 'a false alarm' });

    expect(checkStates[0]).toMatchObject({
      ...{ state: 'overridden', by: { userId: 'U0MAYA' }, why: 'a false alarm', says: 'one test' },
    });
  });

  it('are ticked where they are boxes, as long as they say what the person read', () => {
    expect(states(planned, { type: 'box-ticked', name: 'Told', of: 't1' })).toEqual([
      'to-do',
      'to-do',
      'ticked',
    ]);
    expect(states(planned, { type: 'box-ticked', name: 'Told', of: 't0' })).toEqual([
      'to-do',
      'to-do',
      'to-do',
    ]);
  });

  it('keep what was found for as long as the policy asks for the same', () => {
    const passed: DeploymentEvent = { type: 'check-passed', name: 'Unit tests', detail: 'ok' };
    const anew = { ...ci, of: 'c2' };
    const all: DeploymentEvent[] = [...begun, passed, { type: 'check-passed', name: 'CI', detail: 'ok' }];

    expect(states(...all, { type: 'checks-planned', checks: [anew, unit] })).toEqual(['to-do', 'passed']);
  });

  it('are reminded of once, in what failed only', () => {
    const { checkStates } = aDeployment([...begun, failed, { type: 'check-reminded' }]);

    expect(checkStates[0]).toMatchObject({ remindedAt: aMoment + 5_000 });
    expect(checkStates[1]).not.toHaveProperty('remindedAt');
  });
});

describe('the build of a deployment', () => {
  it('begins with a phase of its own', () => {
    const { phase, build } = aDeployment(building);

    expect(phase).toEqual({ kind: 'building' });
    expect(build).toMatchObject({ attempt: 1, correlation: 'forge-142-1', state: 'running', jobs: [] });
  });

  it('keeps the address of its run until a newer one is known', () => {
    const url = 'https://github.com/acme/checkout/actions/runs/7';
    const { build } = aDeployment([
      ...building,
      { type: 'build-progressed', run: 7, url, jobs: [] },
      { type: 'build-progressed', run: 7, jobs: [{ name: 'Image', state: 'running', done: 1, of: 2 }] },
    ]);

    expect(build).toMatchObject({ run: 7, url, jobs: [{ name: 'Image' }] });
  });

  it('that failed waits for people, and is tried again as another one', () => {
    const failure: DeploymentEvent = {
      type: 'build-failed',
      says: 'no',
      tail: ['x'],
      deadline: aMoment + 9_000,
    };
    const before = aDeployment([...building, { type: 'build-progressed', run: 7, jobs: [] }]);
    const broken = aDeployment([...building, { type: 'build-progressed', run: 7, jobs: [] }, failure]);
    const again = aDeployment([...building, failure, { type: 'build-retried' }]);

    expect(broken.build).toMatchObject({ state: 'failed', run: 7, says: 'no', tail: ['x'] });
    expect(broken.generation).toBe(before.generation + 1);
    expect(again.build).toMatchObject({ state: 'to-do', attempt: 2 });
    expect(again.build).not.toHaveProperty('run');
    expect(aDeployment([...building, failure, { type: 'check-reminded' }]).build).toHaveProperty(
      'remindedAt',
    );
  });

  it('that is finished leaves it to be checked', () => {
    const { phase, build } = aDeployment([...building, { type: 'build-finished', detail: 'it is there' }]);

    expect(phase).toEqual({ kind: 'checking' });
    expect(build).toMatchObject({ state: 'finished', detail: 'it is there' });
  });

  it('that nobody began changes nothing', () => {
    expect(aDeployment([{ type: 'build-retried' }]).build).toBeUndefined();
  });
});

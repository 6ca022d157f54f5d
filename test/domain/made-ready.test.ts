import { describe, expect, it } from 'vitest';
import { buildStanding } from '../../src/domain/build-standing.ts';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { checksStanding, RECHECK_AFTER } from '../../src/domain/check-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { personWaitedFor } from '../../src/domain/failed-before-start.ts';
import { checksFor, plannedCheck } from '../../src/domain/policy-checks.ts';
import {
  aDeployment,
  aMoment,
  anEnvironmentPolicy,
  aPlan,
  aPolicy,
  aRelease,
  aRequestedEvent,
  aServicePolicy,
} from '../builders.ts';

const unit: CheckPolicy = {
  ...{ name: 'Unit tests', kind: 'command', run: 'npm test', within: 60_000 },
  ...{ installWithin: 60_000, outputLimit: 1000 },
};
const image: CheckPolicy = { name: 'Image', kind: 'image', within: 60_000 };
const box: CheckPolicy = { name: 'Told', kind: 'box', says: 'All are told', by: 'deployer', within: 60_000 };
const policy = [unit, box, image];
const planned: DeploymentEvent = { type: 'checks-planned', checks: policy.map(plannedCheck) };
const passed = (name: string): DeploymentEvent => ({ type: 'check-passed', name, detail: 'ok' });
const tickedBox: DeploymentEvent = { type: 'box-ticked', name: 'Told', of: plannedCheck(box).of };
const failure: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Unit tests', verdict: 'unknown', says: 'x', deadline: aMoment + 10_000 },
};

function standing(events: DeploymentEvent[], { now = aMoment, isImageThere = true, asked = policy } = {}) {
  return checksStanding(aDeployment(events), { policy: asked, isImageThere, now });
}

describe('the checks a deployment has to pass', () => {
  const shop = aPolicy({
    services: [aServicePolicy({ checks: [image, unit] })],
    environments: [anEnvironmentPolicy({ checks: [box] })],
  });
  const place = { service: 'checkout', environment: 'production' };

  it('are the service’s, then the environment’s, and those about the image last', () => {
    expect(checksFor(place, shop).map(({ name }) => name)).toEqual(['Unit tests', 'Told', 'Image']);
  });

  it('are none of a rollback, and none of what the policy does not know', () => {
    expect(checksFor({ ...place, undoes: 7 }, shop)).toEqual([]);
    expect(checksFor({ service: 'search', environment: 'moon' }, shop)).toEqual([]);
  });

  it('are others as soon as the policy asks for something else', () => {
    expect(plannedCheck({ ...unit, run: 'npm test --silent' }).of).not.toBe(plannedCheck(unit).of);
    expect(plannedCheck({ ...box })).toMatchObject({ box: { says: 'All are told', by: 'deployer' } });
  });
});

describe('what is next of the checks', () => {
  it('is to tell people which there are, and again when the policy changes', () => {
    expect(standing([])).toMatchObject({ kind: 'to-plan', checks: [{ name: 'Unit tests' }, {}, {}] });
    expect(standing([planned], { asked: [unit] })).toMatchObject({ kind: 'to-plan', checks: [{}] });
    expect(standing([], { asked: [] })).toEqual({ kind: 'cleared', stale: null });
  });

  it('is the first that has not passed', () => {
    expect(standing([planned])).toEqual({ kind: 'to-start', name: 'Unit tests' });
    expect(standing([planned, { type: 'check-started', name: 'Unit tests' }])).toMatchObject({
      ...{ kind: 'to-look', name: 'Unit tests', within: 60_000 },
    });
    expect(standing([planned, passed('Unit tests'), tickedBox])).toEqual({ kind: 'to-start', name: 'Image' });
  });

  it('is nothing about the image before that is there', () => {
    const events = [planned, passed('Unit tests'), tickedBox];

    expect(standing(events, { isImageThere: false })).toEqual({ kind: 'cleared', stale: null });
  });

  it('is to wait for people where one failed, to remind them half-way, and to give up at the deadline', () => {
    const events = [planned, failure];
    const halfWay = (aMoment + 2_000 + aMoment + 10_000) / 2;

    expect(standing(events)).toEqual({ kind: 'blocked', deadline: aMoment + 10_000, remindAt: halfWay });
    expect(standing([...events, { type: 'check-reminded' }])).toMatchObject({ remindAt: null });
    expect(standing(events, { now: aMoment + 10_000 })).toEqual({
      kind: 'over',
      reason:
        '“Unit tests” did not pass, and nobody did anything about it in time. Nothing was changed; deploy again when the cause is mended.',
    });
  });

  it('is to look again right before the start at what passed long ago, but not at commands and boxes', () => {
    const events = [planned, passed('Unit tests'), tickedBox, passed('Image')];
    const late = aMoment + RECHECK_AFTER + 10_000;

    expect(standing(events)).toEqual({ kind: 'cleared', stale: null });
    expect(standing(events, { now: late })).toMatchObject({ kind: 'cleared', stale: { name: 'Image' } });
  });

  it('is nothing after somebody has overridden it', () => {
    const events: DeploymentEvent[] = [planned, failure, { type: 'check-overridden', name: 'Unit tests' }];

    expect(standing(events)).toEqual({ kind: 'to-start', name: 'Told' });
  });
});

describe('what is next of the image', () => {
  const plan = aPlan({ to: aRelease({ digests: {}, version: 'abc', commit: 'a'.repeat(40) }) });
  const requested = aRequestedEvent({ plan });
  const make = { workflow: 'deploy.yml', ref: 'main', within: 60_000 };
  const begun: DeploymentEvent[] = [
    requested,
    { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
  ];
  const failed: DeploymentEvent = { type: 'build-failed', says: 'x', deadline: aMoment + 10_000 };
  const of = (events: DeploymentEvent[], now = aMoment, known: typeof make | undefined = make) =>
    buildStanding(aDeployment(events), { policy: known, now });

  it('is nothing where the plan names it, and of a rollback', () => {
    expect(of([])).toEqual({ kind: 'there' });
    expect(of([{ ...requested, undoes: 7 }])).toEqual({ kind: 'there' });
  });

  it('is to have it made, as often as somebody says so', () => {
    expect(of([requested])).toMatchObject({ kind: 'to-start', correlation: 'forge-142-1', ref: 'main' });
    expect(of([...begun, failed, { type: 'build-retried' }])).toMatchObject({ correlation: 'forge-142-2' });
  });

  it('is to follow its run, once that is known', () => {
    expect(of(begun)).toMatchObject({ kind: 'running', run: null, within: 60_000 });
    expect(of([...begun, { type: 'build-progressed', run: 7, jobs: [] }])).toMatchObject({ run: 7 });
  });

  it('is to plan with it, once it is there', () => {
    expect(of([...begun, { type: 'build-finished', detail: 'ok' }])).toEqual({ kind: 'to-plan' });
  });

  it('is to wait for people where it failed, until the deadline', () => {
    const broken = aDeployment([...begun, failed]);

    expect(of([...begun, failed])).toMatchObject({ kind: 'blocked', deadline: aMoment + 10_000 });
    expect(of([...begun, failed], aMoment + 10_000)).toMatchObject({ kind: 'over' });
    expect(personWaitedFor(broken)).toBe(aMoment + 10_000);
  });

  it('says where it failed, as far as anybody knows', () => {
    const url = 'https://github.com/acme/checkout/actions/runs/7';
    const known: DeploymentEvent = { type: 'build-progressed', run: 7, url, jobs: [] };

    expect(aDeployment([...begun, { ...failed, url }]).build).toMatchObject({ state: 'failed', url });
    expect(aDeployment([...begun, known, failed]).build).toMatchObject({ state: 'failed', url });
    expect(aDeployment([...begun, failed]).build).not.toHaveProperty('url');
  });

  it('is to give up where the policy does not say any more how it is made', () => {
    const standing = buildStanding(aDeployment([requested]), { policy: undefined, now: aMoment });

    expect(standing).toMatchObject({
      kind: 'impossible',
      reason: expect.stringContaining('no image of abc'),
      isRunning: false,
    });
  });

  it('is to give up, and what makes it to be ended, where the policy stops saying so while it is made', () => {
    const standing = buildStanding(aDeployment(begun), { policy: undefined, now: aMoment });

    expect(standing).toMatchObject({ kind: 'impossible', isRunning: true });
  });
});

import { describe, expect, it } from 'vitest';
import { hasEffects, isFinished, isInTheWay, type Phase } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment, aPerson, aRequestedEvent } from '../builders.ts';
import { inPhase, phaseKinds } from '../in-phase.ts';

const FINISHED: Record<Phase['kind'], boolean> = {
  requested: false,
  checking: false,
  building: false,
  'awaiting-approval': false,
  waiting: false,
  running: false,
  held: false,
  'rolling-back': false,
  succeeded: true,
  'rolled-back': true,
  aborted: true,
  left: true,
  rejected: true,
  expired: true,
  refused: true,
  superseded: true,
};

describe('a deployment', () => {
  it('begins with its request', () => {
    const deployment = aDeployment([aRequestedEvent({ ref: 'main', undoes: 141 })], { why: 'a slow page' });

    expect(deployment).toMatchObject({
      number: 142,
      version: 1,
      generation: 1,
      service: 'checkout',
      environment: 'production',
      ref: 'main',
      undoes: 141,
      why: 'a slow page',
      requestedBy: aPerson,
      requestedAt: aMoment,
      changedAt: aMoment,
      phase: { kind: 'requested' },
    });
  });

  it('has no reference, reason or rollback where nobody named one', () => {
    const deployment = aDeployment();

    expect(Object.keys(deployment)).not.toEqual(expect.arrayContaining(['ref']));
    expect(Object.keys(deployment)).not.toEqual(expect.arrayContaining(['why']));
    expect(Object.keys(deployment)).not.toEqual(expect.arrayContaining(['undoes']));
  });

  it.each(phaseKinds)('in phase %s is finished, or it is not', (kind) => {
    expect(inPhase(kind).phase.kind).toBe(kind);
    expect(isFinished(inPhase(kind))).toBe(FINISHED[kind]);
  });

  it('is in the way of others while it is checked and once it has begun, not while it waits or when it is over', () => {
    const inTheWay = phaseKinds.filter((kind) => isInTheWay(inPhase(kind)));

    expect(inTheWay).toEqual(['requested', 'checking', 'running', 'held', 'rolling-back']);
  });

  it('that is scheduled is in nobody’s way before it begins, and is once it has', () => {
    const scheduled = [aRequestedEvent({ startAt: aMoment + 1 }), { type: 'checking' }] as const;

    expect(isInTheWay(aDeployment([...scheduled]))).toBe(false);
    expect(isInTheWay(aDeployment([...scheduled, { type: 'started' }]))).toBe(true);
  });

  it('has effects from its start to its end', () => {
    const withEffects = phaseKinds.filter((kind) => hasEffects(inPhase(kind)));

    expect(withEffects).toEqual(['running', 'held', 'rolling-back']);
  });

  it('remembers its checks in order', () => {
    const { checks } = aDeployment([
      { type: 'check-finished', name: 'What is live', detail: 'v1.0.0' },
      { type: 'check-finished', name: 'Image', detail: 'there' },
    ]);

    expect(checks).toEqual([
      { name: 'What is live', detail: 'v1.0.0' },
      { name: 'Image', detail: 'there' },
    ]);
  });

  it('counts a step from its own start, however far it came meanwhile', () => {
    const { steps } = aDeployment([
      { type: 'step-started', step: 'start' },
      { type: 'step-progressed', step: 'start', progress: { done: 1, of: 2 } },
      { type: 'step-finished', step: 'start', detail: '2 of 2 tasks healthy' },
      { type: 'step-started', step: 'verify' },
      { type: 'step-failed', step: 'verify', reason: 'another image' },
    ]);

    expect(steps).toEqual({
      start: {
        kind: 'finished',
        startedAt: aMoment + 1000,
        endedAt: aMoment + 3000,
        detail: '2 of 2 tasks healthy',
      },
      verify: { kind: 'failed', startedAt: aMoment + 4000, endedAt: aMoment + 5000, reason: 'another image' },
    });
  });

  it('takes a step that nobody saw begin as begun when it was first heard of', () => {
    const { steps } = aDeployment([
      { type: 'step-progressed', step: 'start', progress: { done: 1, of: 2 } },
      { type: 'step-finished', step: 'verify' },
    ]);

    expect(steps).toEqual({
      start: { kind: 'running', startedAt: aMoment + 1000, progress: { done: 1, of: 2 } },
      verify: { kind: 'finished', startedAt: aMoment + 2000, endedAt: aMoment + 2000 },
    });
  });

  it('knows how putting back goes in each region', () => {
    const { restores } = aDeployment([
      { type: 'restore-progressed', region: 'us-east-1', progress: { done: 0, of: 2 } },
      { type: 'restore-blocked', region: 'us-east-1', reason: 'AWS does not answer' },
      { type: 'restore-progressed', region: 'eu-west-1', progress: { done: 1, of: 2 } },
      { type: 'restored', region: 'ap-southeast-1', detail: '2 of 2 tasks run v1.0.0' },
    ]);

    expect(restores).toEqual({
      'us-east-1': { kind: 'blocked', reason: 'AWS does not answer' },
      'eu-west-1': { kind: 'running', progress: { done: 1, of: 2 } },
      'ap-southeast-1': { kind: 'restored', detail: '2 of 2 tasks run v1.0.0' },
    });
  });

  it.each(['rolled-back', 'aborted'] as const)('that is %s keeps the reason it was put back for', (type) => {
    const { phase } = aDeployment([
      { type: 'restoring', because: 'failure', reason: 'it does not start' },
      { type },
    ]);

    expect(phase).toEqual({ kind: type, reason: 'it does not start' });
  });

  it('that was aborted before anything happened has no reason to keep', () => {
    expect(aDeployment([{ type: 'aborted' }]).phase).toEqual({ kind: 'aborted', reason: '' });
  });

  it('is being undone until that is over, either way', () => {
    const story: DeploymentEvent[] = [{ type: 'succeeded' }, { type: 'undoing', by: 143 }];

    expect(aDeployment(story)).toMatchObject({ undoingBy: 143 });
    expect(aDeployment([...story, { type: 'undo-failed', by: 143 }])).not.toHaveProperty('undoingBy');
    const undone = aDeployment([...story, { type: 'undone', by: 143 }]);
    expect(undone).toMatchObject({ undoneBy: 143 });
    expect(undone).not.toHaveProperty('undoingBy');
  });

  it('is live again when what replaced it was undone', () => {
    const story: DeploymentEvent[] = [{ type: 'succeeded' }, { type: 'replaced', by: 150 }];

    expect(aDeployment(story)).toMatchObject({ replacedBy: 150 });
    expect(aDeployment([...story, { type: 'live-again', by: 151 }])).not.toHaveProperty('replacedBy');
  });

  it('holds automatic deployments until somebody lets them go on', () => {
    const held = aDeployment([{ type: 'rolled-back' }, { type: 'automatic-held' }]);
    const resumed = aDeployment([
      { type: 'rolled-back' },
      { type: 'automatic-held' },
      { type: 'automatic-resumed' },
    ]);

    expect(held.holdsAutomatic).toBe(true);
    expect(resumed).not.toHaveProperty('holdsAutomatic');
  });
});

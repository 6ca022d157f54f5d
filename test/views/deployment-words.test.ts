import { describe, expect, it } from 'vitest';
import type { Phase } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { headline, icon } from '../../views/deployment-headline.ts';
import { previousVersion, who } from '../../views/deployment-words.ts';
import { aDeployment, aLive, aPlanFor, aRequestedEvent } from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aRollback } from './shapes.ts';

const shop = { service: 'Checkout' };
const regions = ['us-east-1', 'eu-west-1'];

const DEPLOYMENT: Record<Phase['kind'], string> = {
  requested: 'Checking v1.1.0 for Checkout in production',
  checking: 'Checking v1.1.0 for Checkout in production',
  building: 'Building v1.1.0 for Checkout in production',
  'awaiting-approval': 'Waiting for approval: v1.1.0 for Checkout in production',
  waiting: 'Waiting to start: v1.1.0 for Checkout in production',
  running: 'Deploying v1.1.0 to Checkout in production',
  held: 'Waiting for an answer: v1.1.0 on Checkout in production',
  'rolling-back': 'Failed: putting v1.0.0 back on Checkout in production',
  succeeded: 'v1.1.0 is live on Checkout in production',
  'rolled-back': 'Failed: v1.1.0 did not go live, v1.0.0 is back on Checkout in production',
  aborted: 'Aborted: v1.0.0 is back on Checkout in production',
  left: 'Taken over and left as it is: v1.0.0 is NOT confirmed on Checkout in production',
  rejected: 'Rejected: v1.1.0 for Checkout in production',
  expired: 'Not approved in time: v1.1.0 for Checkout in production',
  refused: 'Not started: v1.1.0 for Checkout in production',
  superseded: 'Not started, #143 took its place: v1.1.0 for Checkout in production',
};

const ROLLBACK: Record<Phase['kind'], string> = {
  requested: 'About to roll Checkout in production back to v1.0.0',
  building: 'About to roll Checkout in production back to v1.0.0',
  checking: 'About to roll Checkout in production back to v1.0.0',
  'awaiting-approval': 'About to roll Checkout in production back to v1.0.0',
  waiting: 'About to roll Checkout in production back to v1.0.0',
  running: 'Rolling Checkout in production back to v1.0.0',
  held: 'Waiting for an answer: rolling Checkout in production back to v1.0.0',
  'rolling-back': 'Rollback failed: putting the newer v1.1.0 back on Checkout in production',
  succeeded: 'Rolled back: v1.0.0 is live on Checkout in production again',
  'rolled-back': 'Rollback failed: the newer v1.1.0 stays live on Checkout in production',
  aborted: 'Rollback aborted: the newer v1.1.0 stays live on Checkout in production',
  left: 'Taken over and left as it is: v1.1.0 is NOT confirmed on Checkout in production',
  rejected: 'Rollback not started: nothing was changed on Checkout in production',
  expired: 'Rollback not started: nothing was changed on Checkout in production',
  refused: 'Rollback not started: nothing was changed on Checkout in production',
  superseded: 'Rollback not started: nothing was changed on Checkout in production',
};

describe('the headline of a rollback whose release is back but unsound', () => {
  it('says both', () => {
    const failed: DeploymentEvent = { type: 'step-failed', step: 'eu-west-1/smoke', reason: 'answered 500' };
    const story = [...storyTo('running', { undoes: 141 }), failed, { type: 'succeeded' } as const];

    expect(headline(aDeployment(story), shop)).toBe(
      'v1.1.0 is back on Checkout in production, but a check of it failed',
    );
  });
});

describe('the headline of a deployment', () => {
  it.each(phaseKinds)('says how it stands in phase %s', (kind) => {
    expect(headline(inPhase(kind), shop)).toBe(DEPLOYMENT[kind]);
  });

  it.each(['requested', 'checking', 'awaiting-approval', 'waiting', 'running', 'held'] as const)(
    'says in phase %s that it is being aborted, once somebody asked for that',
    (kind) => {
      const deployment = aDeployment([...storyTo(kind), { type: 'abort-requested' }]);

      expect(headline(deployment, shop)).toBe('Aborting: v1.1.0 for Checkout in production');
      expect(icon(deployment)).toBe(':octagonal_sign:');
    },
  );

  it('of an emergency begins with that', () => {
    const deployment = aDeployment([...storyTo('waiting'), { type: 'emergency-declared', digest: 'd1' }]);

    expect(headline(deployment, shop)).toBe(
      'Emergency · Waiting to start: v1.1.0 for Checkout in production',
    );
  });

  it('tells an abort from a failure while things are put back', () => {
    const deployment = aDeployment([
      ...storyTo('running'),
      { type: 'abort-requested' },
      { type: 'restoring', because: 'abort', reason: '' },
    ]);

    expect(headline(deployment, shop)).toBe('Aborting: putting v1.0.0 back on Checkout in production');
  });

  it('does not claim that anything was put back where nothing was changed', () => {
    const untouched: DeploymentEvent[] = [{ type: 'checking' }, { type: 'started' }];

    expect(headline(aDeployment([{ type: 'aborted' }]), shop)).toBe(
      'Aborted before anything was changed: v1.1.0 for Checkout in production',
    );
    expect(headline(aDeployment([...untouched, { type: 'aborted' }]), shop)).toBe(
      'Aborted before anything was changed: v1.1.0 for Checkout in production',
    );
    expect(headline(aDeployment([...untouched, { type: 'rolled-back' }]), shop)).toBe(
      'Failed: v1.1.0 did not go live, v1.0.0 stays on Checkout in production',
    );
  });

  it('does not say that a release never went live which served until its trial failed', () => {
    const plan = aPlanFor(['eu-west-1']);
    const deployment = aDeployment([
      aRequestedEvent({ plan }),
      { type: 'started' },
      { type: 'step-finished', step: 'eu-west-1/start' },
      { type: 'step-failed', step: 'eu-west-1/smoke', reason: 'it answers 500' },
      { type: 'restoring', because: 'failure', reason: 'it answers 500' },
      { type: 'restored', region: 'eu-west-1', detail: 'confirmed' },
      { type: 'rolled-back' },
    ]);

    expect(headline(deployment, shop)).toBe(
      'Failed: v1.1.0 served for 4 s and was taken away again, v1.0.0 is back on Checkout in production',
    );
  });

  it('does not say that a release never went live which was live in one region', () => {
    const plan = aPlanFor(regions);
    const first = plan.steps.filter(({ region }) => region === 'us-east-1');
    const deployment = aDeployment([
      aRequestedEvent({ plan }),
      { type: 'started' },
      ...first.map(({ id }): DeploymentEvent => ({ type: 'step-finished', step: id })),
      { type: 'step-failed', step: 'eu-west-1/start', reason: 'it does not start' },
      { type: 'rolled-back' },
    ]);

    expect(headline(deployment, shop)).toBe(
      'Failed: v1.1.0 served in us-east-1 for 4 s and was taken away again, v1.0.0 is back on Checkout in production',
    );
  });

  it.each<[string, DeploymentEvent[], string]>([
    [
      'is being undone',
      [{ type: 'undoing', by: 143 }],
      'v1.1.0 is live on Checkout in production, #143 is taking it back',
    ],
    [
      'was undone',
      [{ type: 'undone', by: 143 }],
      'v1.1.0 was live on Checkout in production until #143 undid it',
    ],
    [
      'was replaced',
      [{ type: 'replaced', by: 150 }],
      'v1.1.0 was live on Checkout in production until #150 replaced it',
    ],
    [
      'is live again',
      [
        { type: 'replaced', by: 150 },
        { type: 'live-again', by: 151 },
      ],
      'v1.1.0 is live on Checkout in production',
    ],
  ])('says what became of a release that %s', (_state, events, told) => {
    expect(headline(aDeployment([...storyTo('succeeded'), ...events]), shop)).toBe(told);
  });

  it('names every release that was live where regions differed', () => {
    const from = { 'us-east-1': aLive(), 'eu-west-1': aLive({ version: 'v0.9.0' }) };

    expect(previousVersion(inPhase('running', { plan: aPlanFor(regions, { from }) }))).toBe(
      'v1.0.0 and v0.9.0',
    );
  });
});

describe('the headline of a rollback', () => {
  it.each(phaseKinds)('says how it stands in phase %s', (kind) => {
    expect(headline(inPhase(kind, aRollback), shop)).toBe(ROLLBACK[kind]);
  });

  it('says while it is aborted that the newer release is put back', () => {
    const asked: DeploymentEvent[] = [...storyTo('running', aRollback), { type: 'abort-requested' }];

    expect(headline(aDeployment(asked), shop)).toBe(
      'Aborting the rollback of Checkout in production to v1.0.0',
    );
    expect(headline(aDeployment([...asked, { type: 'restoring', because: 'abort', reason: '' }]), shop)).toBe(
      'Aborting the rollback: putting the newer v1.1.0 back on Checkout in production',
    );
  });

  it('says that the newer release stays where it was aborted before the start', () => {
    const deployment = aDeployment([...storyTo('checking', aRollback), { type: 'aborted' }]);

    expect(headline(deployment, shop)).toBe(
      'Rollback aborted before anything was changed: the newer v1.1.0 stays live on Checkout in production',
    );
  });

  it('does not go on saying that its release is live once another replaced it', () => {
    const deployment = aDeployment([...storyTo('succeeded', aRollback), { type: 'replaced', by: 150 }]);

    expect(headline(deployment, shop)).toBe(
      'Rolled back: v1.0.0 was live on Checkout in production until #150 replaced it',
    );
  });
});

describe('the picture beside the headline', () => {
  it.each(phaseKinds)('is there in phase %s, and words with it', (kind) => {
    expect(icon(inPhase(kind))).toMatch(/^:[a-z_]+:$/);
    expect(headline(inPhase(kind), shop)).toMatch(/\w/);
    expect(headline(inPhase(kind), shop)).not.toContain(':white');
  });

  it('never shows success for what did not succeed', () => {
    const green = phaseKinds.filter((kind) => icon(inPhase(kind)) === ':white_check_mark:');

    expect(green).toEqual(['succeeded']);
  });
});

describe('who asked', () => {
  it.each([
    [{ kind: 'person', userId: 'U0MAYA', via: 'button' }, '<@U0MAYA>'],
    [{ kind: 'job', run: 'reconcile/1' }, 'Forge'],
    [{ kind: 'trigger', source: 'github', id: 'push' }, 'a push on GitHub'],
    [{ kind: 'trigger', source: 'schedule', id: '1' }, 'a schedule'],
  ] as const)('is named for %o', (actor, name) => {
    expect(who(actor)).toBe(name);
  });
});

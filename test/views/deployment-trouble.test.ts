import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aRegion } from '../builders.ts';
import { inPhase, storyTo } from '../in-phase.ts';
import { readableIn } from './rules.ts';
import { aRollback, messageOf } from './shapes.ts';

const words = (deployment: Deployment) => readableIn(messageOf(deployment).blocks);

describe('what went wrong', () => {
  it('is said in words from the failure on', () => {
    expect(words(inPhase('rolling-back'))).toContain('*What went wrong:* it answers 500 instead of 200');
    expect(words(inPhase('rolled-back'))).toContain('*What went wrong:* it answers 500 instead of 200');
    expect(words(inPhase('refused'))).toContain('*Why it did not start:* it answers 500 instead of 200');
  });

  it('is who aborted and why, where a person did', () => {
    expect(words(inPhase('aborted'))).toContain('*Aborted* by <@U0MAYA>:\n> it answers 500 instead of 200');
    expect(words(aDeployment([{ type: 'abort-requested' }, { type: 'aborted' }]))).toContain(
      '*Aborted* by <@U0MAYA>.',
    );
  });

  it('is why a person aborted also where nothing had been changed yet', () => {
    const event: DeploymentEvent = { type: 'abort-requested' };
    const deployment = aDeployment([event, { type: 'aborted' }], { why: 'it is too late today' });

    expect(words(deployment)).toContain('*Aborted* by <@U0MAYA>:\n> it is too late today');
  });

  it('is the deadline where nobody answered', () => {
    const asked: DeploymentEvent[] = [...storyTo('held'), { type: 'abort-requested' }];
    const reason = 'nobody answered the question in time';
    const deployment = aDeployment(
      [...asked, { type: 'restoring', because: 'abort', reason }, { type: 'aborted' }],
      { by: { kind: 'job', run: 'deploy/142' } },
    );

    expect(words(deployment)).toContain('*Aborted* by Forge: nobody answered the question in time');
  });

  it('comes with when the release served, where it did', () => {
    const deployment = aDeployment([
      { type: 'started' },
      { type: 'step-finished', step: `start/${aRegion}` },
      { type: 'restoring', because: 'failure', reason: 'it answers 500' },
      { type: 'rolled-back' },
    ]);

    expect(words(deployment)).toContain(
      '*What went wrong:* it answers 500\nv1.1.0 served from <!date^1767603602^{date_short_pretty} {time}|2026-01-05 09:00 UTC> to <!date^1767603604^{date_short_pretty} {time}|2026-01-05 09:00 UTC>.',
    );
  });

  it('names every region that is not confirmed, and that nobody has to press anything', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1'];
    const blocked = regions.map(
      (region): DeploymentEvent => ({ type: 'restore-blocked', region, reason: 'silent' }),
    );

    const said = words(aDeployment([...storyTo('rolling-back'), ...blocked]));

    expect(said).toContain(
      ':warning: *Not confirmed in eu-west-1:* silent. Forge tries again until it is; nobody has to press anything.',
    );
    expect(said).toContain(':warning: *Not confirmed in eu-central-1, eu-north-1 either.*');
  });

  it('comes with what next', () => {
    expect(words(inPhase('rolled-back'))).toContain(
      'Nobody has to do anything: v1.0.0 runs. When the cause is mended, deploy again.',
    );
    expect(words(inPhase('aborted'))).toContain('Nobody has to do anything: v1.0.0 runs.');
    expect(words(inPhase('rolled-back', aRollback))).toContain(
      'Nobody has to do anything: the newer v1.1.0 runs. To try the rollback again, type `/forge rollback #141`.',
    );
  });

  it.each(['requested', 'checking', 'running', 'held', 'succeeded'] as const)(
    'is nothing in phase %s',
    (kind) => {
      expect(words(inPhase(kind)).some((text) => /^\*(?:What went wrong:|Aborted)/.test(text))).toBe(false);
    },
  );
});

import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aLive, aPlan, aRegion, aRelease } from '../builders.ts';
import { inPhase, storyTo } from '../in-phase.ts';
import { readableIn } from './rules.ts';
import { messageOf } from './shapes.ts';

const back = {
  plan: aPlan({ from: { [aRegion]: aLive({ version: 'v1.1.0' }) }, to: aRelease({ version: 'v1.0.0' }) }),
  undoes: 141,
};
const words = (deployment: Deployment) => readableIn(messageOf(deployment).blocks);

describe('what went wrong', () => {
  it('is said in words from the failure on', () => {
    expect(words(inPhase('rolling-back'))).toContain('*Why:* it answers 500 instead of 200');
    expect(words(inPhase('rolled-back'))).toContain('*Why:* it answers 500 instead of 200');
    expect(words(inPhase('refused'))).toContain('*Why:* it answers 500 instead of 200');
  });

  it('is who aborted and why, where a person did', () => {
    expect(words(inPhase('aborted'))).toContain('*Aborted* by <@U0MAYA>: it answers 500 instead of 200');
    expect(words(aDeployment([{ type: 'abort-requested' }, { type: 'aborted' }]))).toContain(
      '*Aborted* by <@U0MAYA>.',
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
    expect(words(inPhase('rolled-back', back))).toContain(
      'Nobody has to do anything: the newer v1.1.0 runs. To try the rollback again, type `/forge rollback #141`.',
    );
  });

  it.each(['requested', 'checking', 'running', 'held', 'succeeded'] as const)(
    'is nothing in phase %s',
    (kind) => {
      expect(words(inPhase(kind)).some((text) => /^\*(?:Why:|Aborted)/.test(text))).toBe(false);
    },
  );
});

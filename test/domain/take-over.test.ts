import { describe, expect, it } from 'vitest';
import { ending, requireAbortable, requireLeavable } from '../../src/domain/decisions.ts';
import { type Deployment, isBlocked } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment } from '../builders.ts';
import { inPhase, storyTo } from '../in-phase.ts';

function puttingBack(...events: DeploymentEvent[]): Deployment {
  return aDeployment([...storyTo('rolling-back'), ...events]);
}

const BLOCKED: DeploymentEvent = { type: 'restore-blocked', region: 'us-east-1', reason: 'AWS refuses' };

describe('taking over', () => {
  it('is open to people while putting back does not get on', () => {
    const deployment = puttingBack(BLOCKED);

    expect(isBlocked(deployment)).toBe(true);
    expect(() => requireLeavable(deployment)).not.toThrow();
  });

  it('stays open while tasks come up but the trouble is not over', () => {
    const progress = { done: 0, of: 2 };
    const progressed: DeploymentEvent = { type: 'restore-progressed', region: 'us-east-1', progress };
    const deployment = puttingBack(BLOCKED, progressed, progressed);

    expect(isBlocked(deployment)).toBe(true);
  });

  it('is refused while Forge gets on, and names abort', () => {
    const deployment = inPhase('running');

    expect(() => requireLeavable(deployment)).toThrow(
      '#142 cannot be taken over: nothing of it is blocked, Forge gets on with it. To stop it, type `/forge abort #142`.',
    );
  });

  it('is refused while putting back gets on, which nobody can abort', () => {
    const deployment = inPhase('rolling-back');

    expect(() => requireLeavable(deployment)).toThrow(/Forge gets on with it\.$/u);
  });

  it('is refused when nothing has begun', () => {
    expect(() => requireLeavable(inPhase('checking'))).toThrow('nothing of it is blocked');
  });

  it('is refused when it has ended', () => {
    expect(() => requireLeavable(inPhase('succeeded'))).toThrow('cannot be taken over: it has succeeded');
  });

  it('is named to whoever tries to abort what is blocked', () => {
    expect(() => requireAbortable(puttingBack(BLOCKED))).toThrow('/forge takeover #142');
  });

  it('is not what happened where somebody else changed the service: the ending says so', () => {
    const deployment = aDeployment([...storyTo('rolling-back'), { type: 'left', reason: 'it runs api:7' }], {
      by: { kind: 'job', run: 'deploy/142' },
    });

    expect(ending(deployment)).toBe('somebody else changed the service, and it was left as it was.');
  });

  it('keeps the reason of an abort that came before', () => {
    const deployment = aDeployment([...storyTo('running'), { type: 'abort-requested' }], {
      why: 'wrong build',
    });

    expect(deployment.abortWhy).toBe('wrong build');
  });
});

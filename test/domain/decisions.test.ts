import { describe, expect, it } from 'vitest';
import { ending, requireAbortable, requireResumable, staleness } from '../../src/domain/decisions.ts';
import type { Phase } from '../../src/domain/deployment.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aPlan, aRelease } from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';

type Answer = 'yes' | RegExp;

const ABORT: Record<Phase['kind'], Answer> = {
  requested: 'yes',
  checking: 'yes',
  building: 'yes',
  'awaiting-approval': 'yes',
  waiting: 'yes',
  running: 'yes',
  held: 'yes',
  'rolling-back': /^#142 is already being put back\. Its message shows when that is confirmed\.$/,
  succeeded:
    /cannot be aborted: it has succeeded and v1\.1\.0 is live\. To undo it, type `\/forge rollback #142`\.$/,
  'rolled-back': /cannot be aborted: it failed and the previous release was put back\.$/,
  aborted: /cannot be aborted: it was aborted by <@U0MAYA>\.$/,
  left: /cannot be aborted: <@U0MAYA> took over and it was left as it was\.$/,
  rejected: /cannot be aborted: <@U0MAYA> rejected it; nothing was changed\.$/,
  expired: /cannot be aborted: it was not let go in time; nothing was changed\.$/,
  superseded: /cannot be aborted: #143 took its place before it began; nothing was changed\.$/,
  refused: /cannot be aborted: it ended before it began; nothing was changed\.$/,
};

const RESUME: Record<Phase['kind'], Answer> = {
  requested: /is not waiting for an answer: it is going on by itself\.$/,
  building: /is not waiting for an answer: it is going on by itself\.$/,
  checking: /is not waiting for an answer: it is going on by itself\.$/,
  'awaiting-approval':
    /is not waiting for such an answer: it needs approval first\. To give yours, type `\/forge approve #142`\.$/,
  waiting: /is not waiting for an answer: its message shows what it waits for, and it starts by itself\.$/,
  running: /is not waiting for an answer: it is going on by itself\.$/,
  held: 'yes',
  'rolling-back': /is being put back already; it cannot be resumed any more\.$/,
  succeeded: /cannot be resumed: it has succeeded/,
  'rolled-back': /cannot be resumed: it failed/,
  aborted: /cannot be resumed: it was aborted by <@U0MAYA>\.$/,
  left: /cannot be resumed: <@U0MAYA> took over/,
  rejected: /cannot be resumed: <@U0MAYA> rejected it/,
  expired: /cannot be resumed: it was not let go in time/,
  superseded: /cannot be resumed: #143 took its place/,
  refused: /cannot be resumed: it ended before it began/,
};

function answerTo(decide: () => void): string {
  try {
    decide();
    return 'yes';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function expectAnswer(decide: () => void, expected: Answer): void {
  if (expected === 'yes') expect(answerTo(decide)).toBe('yes');
  else expect(answerTo(decide)).toMatch(expected);
}

describe('an abort', () => {
  it.each(phaseKinds)('in phase %s is allowed, or refused with the reason', (kind) => {
    expectAnswer(() => requireAbortable(inPhase(kind)), ABORT[kind]);
  });

  it.each(['requested', 'checking', 'awaiting-approval', 'waiting', 'running', 'held'] as const)(
    'that was asked for in phase %s is not taken twice, and says by whom it was asked',
    (kind) => {
      const deployment = aDeployment([...storyTo(kind), { type: 'abort-requested' }]);

      expectAnswer(() => requireAbortable(deployment), /^#142 is already being aborted by <@U0MAYA>\.$/);
    },
  );

  it('names the person who asked for what is being put back', () => {
    const deployment = aDeployment([
      ...storyTo('running'),
      { type: 'abort-requested' },
      { type: 'restoring', because: 'abort', reason: '' },
    ]);

    expectAnswer(() => requireAbortable(deployment), /already being put back by <@U0MAYA>/);
  });

  it('names nobody where Forge itself asked', () => {
    const deployment = aDeployment([...storyTo('running'), { type: 'abort-requested' }], {
      by: { kind: 'job', run: 'deploy/142' },
    });

    expectAnswer(() => requireAbortable(deployment), /^#142 is already being aborted\.$/);
  });
});

describe('going on', () => {
  it.each(phaseKinds)('in phase %s is allowed, or refused with the reason', (kind) => {
    expectAnswer(() => requireResumable(inPhase(kind)), RESUME[kind]);
  });

  it('is not possible any more once somebody aborted, though the question is still open', () => {
    const deployment = aDeployment([...storyTo('held'), { type: 'abort-requested' }]);

    expectAnswer(
      () => requireResumable(deployment),
      /is being aborted by <@U0MAYA>; it cannot be resumed any more/,
    );
  });
});

describe('a click', () => {
  const seenNow = (deployment = inPhase('running')) => ({
    generation: deployment.generation,
    digest: deployment.plan.digest,
  });

  it.each(phaseKinds)('in phase %s means what it was made for while nothing has changed', (kind) => {
    expect(staleness(inPhase(kind), seenNow(inPhase(kind)))).toBeUndefined();
  });

  it('on another plan means nothing any more, in whatever generation', () => {
    const { digest } = aPlan({ to: aRelease({ version: 'v1.1.1' }) });

    expect(staleness(inPhase('running'), { ...seenNow(), digest })).toBe('its plan has changed since.');
  });

  it.each([
    ['held', 'it has moved on since.'],
    ['rolling-back', 'it is being put back already.'],
    ['rolled-back', 'it failed and the previous release was put back.'],
    ['aborted', 'it was aborted by <@U0MAYA>.'],
    ['rejected', '<@U0MAYA> rejected it; nothing was changed.'],
    ['expired', 'it was not let go in time; nothing was changed.'],
    ['refused', 'it ended before it began; nothing was changed.'],
  ] as const)('that was made before phase %s is told what happened since', (kind, told) => {
    expect(staleness(inPhase(kind), { ...seenNow(), generation: 0 })).toBe(told);
  });

  it('made while it was requested still aborts while it is checked', () => {
    expect(staleness(inPhase('checking'), seenNow(inPhase('requested')))).toBeUndefined();
  });
});

describe('the ending', () => {
  const liveThen = (...events: DeploymentEvent[]) => aDeployment([...storyTo('succeeded'), ...events]);

  it.each([
    ['still live', liveThen(), /has succeeded and v1\.1\.0 is live/],
    ['being undone', liveThen({ type: 'undoing', by: 143 }), /^#143 is taking it back now\.$/],
    ['undone', liveThen({ type: 'undone', by: 143 }), /^it was undone by #143\.$/],
    ['replaced', liveThen({ type: 'replaced', by: 150 }), /^it was replaced by #150\.$/],
    [
      'live again',
      liveThen({ type: 'replaced', by: 150 }, { type: 'live-again', by: 151 }),
      /v1\.1\.0 is live/,
    ],
  ])('of one that succeeded and is %s says so', (_state, deployment, told) => {
    expect(ending(deployment)).toMatch(told);
  });

  it('of a rollback that failed says that the newer release stays', () => {
    const deployment = aDeployment(storyTo('rolled-back', { undoes: 141 }));

    expect(ending(deployment)).toBe('it failed and the newer release stays live.');
  });

  it.each([
    'requested',
    'checking',
    'awaiting-approval',
    'waiting',
    'running',
    'held',
    'rolling-back',
  ] as const)('of one in phase %s is not there yet', (kind) => {
    expect(ending(inPhase(kind))).toBe('it is still under way with v1.1.0.');
  });

  it('of one that was rejected names nobody where Forge itself did', () => {
    const deployment = aDeployment([{ type: 'rejected' }], { by: { kind: 'job', run: 'prepare/142' } });

    expect(ending(deployment)).toBe('Forge rejected it; nothing was changed.');
  });

  it('of one that was superseded without another says that something newer took its place', () => {
    const deployment = aDeployment([{ type: 'superseded', reason: 'Nothing is deployed by itself now.' }]);

    expect(ending(deployment)).toBe('something newer took its place before it began; nothing was changed.');
  });

  it.each(phaseKinds)('in phase %s ends as a sentence does', (kind) => {
    expect(ending(inPhase(kind))).toMatch(/[^.]\.$/);
  });
});

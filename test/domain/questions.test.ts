import { describe, expect, it } from 'vitest';
import { requireAnswerable, requireInTime } from '../../src/domain/decisions.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment } from '../builders.ts';
import { aQuestion, storyTo } from '../in-phase.ts';

type Held = Extract<DeploymentEvent, { type: 'held' }>;

const aboutAnEffect: Held = {
  ...aQuestion(),
  doneMeans: 'It happened goes on.',
  detail: 'Run deploy/142',
  otherwise: 'failed',
  via: { kind: 'signal', run: 'deploy/142', name: 'answer:0:1' },
};
const aboutARun: Held = { ...aQuestion(), via: { kind: 'new-run', run: 'deploy/142/2' } };

const held = (question: Held, ...after: DeploymentEvent[]) =>
  aDeployment([...storyTo('running'), question, ...after]);

describe('a question', () => {
  it('keeps what it was asked with, and when', () => {
    const { type: _type, ...asked } = aboutAnEffect;
    const deployment = held(aboutAnEffect);

    expect(deployment.phase).toEqual({ kind: 'held', ...asked, askedAt: deployment.changedAt });
  });

  it('is answered with an abort where nothing else is said to be safe', () => {
    expect(held(aQuestion()).phase).toMatchObject({ otherwise: 'abort' });
    expect(held(aQuestion()).phase).not.toHaveProperty('via');
    expect(held(aQuestion()).phase).not.toHaveProperty('doneMeans');
    expect(held(aQuestion()).phase).not.toHaveProperty('detail');
  });

  it('that was reminded of means the same to its buttons', () => {
    const reminded = held(aboutARun, { type: 'reminded' });

    expect(reminded.remindedAt).toBe(reminded.changedAt);
    expect(reminded.generation).toBe(held(aboutARun).generation);
    expect(reminded.phase).toEqual(held(aboutARun).phase);
  });

  it('is not the one before it that people were reminded of', () => {
    expect(held(aboutARun, { type: 'reminded' }, aboutARun)).not.toHaveProperty('remindedAt');
  });

  it('that nobody answered is over, and the job goes on from that', () => {
    expect(held(aboutAnEffect, { type: 'unanswered' }).phase).toEqual({ kind: 'running' });
  });
});

describe('the run that works on a deployment', () => {
  it('is its first one until another takes its place', () => {
    const { run: _none, ...first } = held(aQuestion(), { type: 'resumed' });

    expect(held(aQuestion(), { type: 'resumed' })).toEqual(first);
    expect(held(aboutARun, { type: 'resumed', run: 'deploy/142/2' }).run).toBe('deploy/142/2');
    expect(aDeployment([...storyTo('running'), { type: 'continued', run: 'deploy/142/3' }])).toMatchObject({
      run: 'deploy/142/3',
      phase: { kind: 'running' },
    });
  });
});

describe('saying that it happened', () => {
  it('answers a question about an effect', () => {
    expect(() => requireAnswerable(held(aboutAnEffect))).not.toThrow();
  });

  it('answers no other question, and says what does', () => {
    expect(() => requireAnswerable(held(aQuestion()))).toThrow(
      '#142 does not ask whether something happened. To go on, type `/forge resume #142`; to stop it, `/forge abort #142`.',
    );
  });

  it('answers nothing where nothing is asked', () => {
    expect(() => requireAnswerable(aDeployment(storyTo('running')))).toThrow('is not waiting for an answer');
  });
});

describe('the time to answer', () => {
  const deadline = aMoment + 1_800_000;

  it.each([
    ['abort', 'Nothing was done: the time to answer #142 is over, and Forge aborts it.'],
    ['failed', 'Nothing was done: the time to answer #142 is over, and Forge takes it as failed.'],
  ] as const)(
    'is over at the deadline where a run waits, and the refusal says that it means %s',
    (otherwise, words) => {
      const deployment = held({ ...aboutAnEffect, otherwise });

      expect(() => requireInTime(deployment, deadline - 1)).not.toThrow();
      expect(() => requireInTime(deployment, deadline)).toThrow(words);
    },
  );

  it('is up to whoever writes first where no run waits', () => {
    expect(() => requireInTime(held(aboutARun), deadline + 1)).not.toThrow();
    expect(() => requireInTime(aDeployment(storyTo('running')), deadline + 1)).not.toThrow();
  });
});

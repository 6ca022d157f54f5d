import { describe, expect, it } from 'vitest';
import type { Phase } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { threadLine } from '../../views/thread-lines.ts';
import {
  aDeployment,
  aLive,
  aPeoplePolicy,
  aPlanFor,
  aRecordedEvent,
  aRegion,
  aRequestedEvent,
} from '../builders.ts';
import { aQuestion, type inPhase, storyTo } from '../in-phase.ts';
import { aRollback } from './shapes.ts';
import { lineAbout, threadOf } from './thread-reading.ts';

/** The last line of a story that ends in a phase. */
function lastLine(kind: Phase['kind'], shape: Parameters<typeof inPhase>[1] = {}): string | undefined {
  const story = storyTo(kind, shape);
  const last = story.at(-1);
  return last === undefined ? undefined : lineAbout(last, story.slice(0, -1));
}

describe('the thread', () => {
  it('tells which checks passed', () => {
    expect(lineAbout({ type: 'started' }, storyTo('checking'))).toBe(
      'Checks passed: v1.0.0 is still live. Starting.',
    );
    expect(lineAbout({ type: 'started' }, [{ type: 'checking' }])).toBe('Checks passed. Starting.');
  });

  it('tells how each step ended', () => {
    const step = `start/${aRegion}`;

    expect(lineAbout({ type: 'step-finished', step, detail: '2 of 2 tasks healthy' }, [])).toBe(
      'Start v1.1.0: done, 2 of 2 tasks healthy.',
    );
    expect(lineAbout({ type: 'step-finished', step }, [])).toBe('Start v1.1.0: done.');
    expect(lineAbout({ type: 'step-failed', step, reason: 'It does not start.' }, [])).toBe(
      'Start v1.1.0 failed: It does not start.',
    );
    expect(lineAbout({ type: 'step-finished', step: 'of another version' }, [])).toBe(
      'of another version: done.',
    );
  });

  it('asks everybody who may answer, each once, with what each answer means and until when', () => {
    const question: DeploymentEvent = {
      ...aQuestion('AWS does not answer'),
      resumeMeans: 'Resume asks AWS again.',
      abortMeans: 'Abort puts v1.0.0 back.',
    };

    expect(lineAbout(question, storyTo('running'))).toBe(
      ':raised_hand: <@U0MAYA> <@U0SAM> AWS does not answer. Press Resume or Abort above: Resume asks AWS again. Abort puts v1.0.0 back. Without an answer by <!date^1767605400^{date_short_pretty} {time}|2026-01-05 09:30 UTC> Forge aborts and puts v1.0.0 back.',
    );
  });

  it('keeps the deadline of a question however long the question is', () => {
    expect(lineAbout(aQuestion('&'.repeat(3000)), storyTo('running'))).toMatch(
      /Forge aborts and puts v1\.0\.0 back\.$/,
    );
  });

  it('tells who answered and who aborted, with the reason', () => {
    expect(lineAbout({ type: 'resumed' }, storyTo('held'))).toBe('<@U0MAYA> answered: go on.');
    expect(lineAbout({ type: 'abort-requested' }, storyTo('running'))).toBe('<@U0MAYA> aborted it.');
    expect(lineAbout({ type: 'abort-requested' }, storyTo('running'), { why: 'it is too slow' })).toBe(
      '<@U0MAYA> aborted it:\n> it is too slow',
    );
  });

  it('tells that nobody has to answer any more, whatever was asked about', () => {
    const by = { kind: 'job', run: 'deploy/142' } as const;

    expect(lineAbout({ type: 'resumed' }, storyTo('held'), { by })).toBe(
      'What was asked about is over: nobody has to answer any more.',
    );
  });

  it('tells what is put back, region by region', () => {
    const from = { 'us-east-1': aLive(), 'eu-west-1': aLive({ version: 'v0.9.0' }) };
    const before = storyTo('rolling-back', { plan: aPlanFor(Object.keys(from), { from }) });

    expect(
      lineAbout({ type: 'restored', region: 'eu-west-1', detail: '2 of 2 tasks run v0.9.0' }, before),
    ).toBe('v0.9.0 is back in eu-west-1: 2 of 2 tasks run v0.9.0.');
    expect(
      lineAbout({ type: 'restore-blocked', region: 'us-east-1', reason: 'AWS does not answer' }, before),
    ).toBe(
      ':warning: <@U0MAYA> <@U0SAM> v1.0.0 is not confirmed back in us-east-1: AWS does not answer. Forge keeps trying.',
    );
    expect(
      lineAbout(
        { type: 'restored', region: aRegion, detail: 'all healthy' },
        storyTo('rolling-back', aRollback),
      ),
    ).toBe('The newer v1.1.0 is back in eu-west-1: all healthy.');
  });

  it('does not say that anything is put back where nothing was touched', () => {
    const event: DeploymentEvent = { type: 'restoring', because: 'abort', reason: '' };

    expect(lineAbout(event, [{ type: 'started' }])).toBeUndefined();
    expect(lineAbout(event, storyTo('running'))).toBe('Putting v1.0.0 back.');
    expect(lineAbout(event, storyTo('running', aRollback))).toBe('Putting the newer v1.1.0 back.');
  });

  it('tells the person who asked that it failed before anything is put back', () => {
    expect(lastLine('rolling-back')).toBe(
      ':x: <@U0MAYA> v1.1.0 failed on Checkout in production: it answers 500 instead of 200. Putting v1.0.0 back.',
    );
    expect(lastLine('rolling-back', aRollback)).toBe(
      ':x: <@U0MAYA> The rollback of #141 failed on Checkout in production: it answers 500 instead of 200. Putting the newer v1.1.0 back.',
    );
  });

  it('tells at the end whoever aborted it too', () => {
    const deployment = aDeployment(storyTo('aborted'));
    const { phase: _phase, ...asked } = deployment;
    const aborted = {
      ...asked,
      phase: deployment.phase,
      abortRequestedBy: { kind: 'person', userId: 'U0SAM', via: 'button' },
    } as const;
    const recorded = aRecordedEvent({ type: 'aborted' }, { version: deployment.version });

    const people = { title: 'Checkout', admins: [], commanders: [], policy: aPeoplePolicy() };
    const edited = { ...aborted, lastEditor: 'U0JONAS' };

    expect(threadLine(recorded, aborted, people)?.text).toBe(
      ':octagonal_sign: <@U0MAYA> <@U0SAM> Aborted; v1.0.0 is back on Checkout in production.',
    );
    expect(threadLine(recorded, edited, people)?.text).toContain('<@U0MAYA> <@U0JONAS> <@U0SAM> Aborted');
  });

  it('says when a release that failed served', () => {
    const story: DeploymentEvent[] = [
      { type: 'started' },
      { type: 'step-finished', step: `start/${aRegion}` },
      { type: 'restoring', because: 'failure', reason: 'x' },
    ];

    expect(lineAbout({ type: 'rolled-back' }, story)).toMatch(
      /^:x: <@U0MAYA> v1\.1\.0 failed on Checkout in production after serving from <!date\^1767603602\^.*> to <!date\^1767603604\^.*>; v1\.0\.0 is back\. What went wrong: x\.$/,
    );
  });

  it.each([
    ['succeeded', ':white_check_mark: <@U0MAYA> v1.1.0 is live on Checkout in production.'],
    [
      'rolled-back',
      ':x: <@U0MAYA> v1.1.0 failed on Checkout in production; v1.0.0 is back. What went wrong: it answers 500 instead of 200.',
    ],
    ['aborted', ':octagonal_sign: <@U0MAYA> Aborted; v1.0.0 is back on Checkout in production.'],
    ['refused', ':no_entry_sign: <@U0MAYA> Not started: it answers 500 instead of 200.'],
  ] as const)('tells the person who asked that it ended as %s', (kind, line) => {
    expect(lastLine(kind)).toBe(line);
  });

  it.each([
    ['succeeded', ':white_check_mark: <@U0MAYA> Checkout in production is back on v1.0.0.'],
    [
      'rolled-back',
      ':x: <@U0MAYA> The rollback of #141 failed; the newer v1.1.0 stays live on Checkout in production. What went wrong: it answers 500 instead of 200. To try again, type `/forge rollback #141`.',
    ],
    [
      'aborted',
      ':octagonal_sign: <@U0MAYA> The rollback of #141 was aborted; the newer v1.1.0 stays live on Checkout in production.',
    ],
    [
      'refused',
      ':no_entry_sign: <@U0MAYA> The rollback of #141 was not started: it answers 500 instead of 200.',
    ],
  ] as const)('tells the person who asked for a rollback that it ended as %s', (kind, line) => {
    expect(lastLine(kind, aRollback)).toBe(line);
  });

  it('asks everybody, each once, to look at a rollback that is back but does not pass its checks', () => {
    const story: DeploymentEvent[] = [
      ...storyTo('running', aRollback),
      { type: 'step-failed', step: `start/${aRegion}`, reason: 'GET / answered 500' },
    ];

    expect(lineAbout({ type: 'succeeded' }, story)).toBe(
      ':warning: <@U0MAYA> <@U0SAM> v1.0.0 is back, but GET / answered 500. Look at it.',
    );
  });

  it('says that nothing was changed where it was aborted or failed before the first step', () => {
    expect(lineAbout({ type: 'aborted' }, [{ type: 'checking' }])).toBe(
      ':octagonal_sign: <@U0MAYA> Aborted before anything was changed; v1.0.0 stays live on Checkout in production.',
    );
    expect(lineAbout({ type: 'aborted' }, storyTo('checking', aRollback))).toBe(
      ':octagonal_sign: <@U0MAYA> The rollback of #141 was aborted before anything was changed; the newer v1.1.0 stays live on Checkout in production.',
    );
    expect(
      lineAbout({ type: 'rolled-back' }, [
        { type: 'started' },
        { type: 'restoring', because: 'failure', reason: 'x' },
      ]),
    ).toBe(':x: <@U0MAYA> v1.1.0 failed on Checkout in production; v1.0.0 stays live. What went wrong: x.');
  });

  it.each<[DeploymentEvent, string]>([
    [{ type: 'undoing', by: 143 }, '#143 is taking this back.'],
    [{ type: 'undone', by: 143 }, 'Undone by #143.'],
    [{ type: 'undo-failed', by: 143 }, '#143 did not take this back; its message says why.'],
  ])('tells what happens to it later: %o', (event, line) => {
    expect(lineAbout(event, storyTo('succeeded'))).toBe(line);
  });

  it.each<DeploymentEvent>([
    { type: 'checking' },
    { type: 'check-finished', name: 'Image', detail: 'there' },
    { type: 'step-started', step: 'x' },
    { type: 'step-progressed', step: 'x', progress: { done: 1, of: 2 } },
    { type: 'restore-progressed', region: aRegion, progress: { done: 1, of: 2 } },
    { type: 'replaced', by: 150 },
    { type: 'live-again', by: 151 },
  ])('leaves to the message what is no phase: $type', (event) => {
    expect(lineAbout(event, storyTo('running'))).toBeUndefined();
  });
});

describe('what was pushed', () => {
  const byPush = (pusher: { login?: string; person?: string }) => {
    const requested = aRecordedEvent(aRequestedEvent(), {
      by: { kind: 'trigger', source: 'github', id: 'push', pusher },
    });
    const events = [{ type: 'started' }, { type: 'succeeded' }] as const;
    const later = events.map((event, index) => aRecordedEvent(event, { version: index + 2 }));
    const people = { title: 'Checkout', admins: [], commanders: [], policy: aPeoplePolicy() };
    return threadOf([requested, ...later], people).at(-1)?.text;
  };

  it.each([
    [
      { login: 'maya', person: 'U0MAYA' },
      ':white_check_mark: <@U0MAYA> v1.1.0 is live on Checkout in production.',
    ],
    [{ login: 'octocat' }, ':white_check_mark: v1.1.0 is live on Checkout in production.'],
    [{}, ':white_check_mark: v1.1.0 is live on Checkout in production.'],
  ])('tells its end to who pushed it, where that is somebody of the workspace: %j', (pusher, line) => {
    expect(byPush(pusher)).toBe(line);
  });

  it('calls whoever looks after it where nobody else is known', () => {
    const requested = aRecordedEvent(aRequestedEvent(), {
      by: { kind: 'trigger', source: 'github', id: 'push', pusher: { login: 'octocat' } },
    });
    const blocked = aRecordedEvent({ type: 'blocked', reason: 'AWS is silent.' }, { version: 2 });
    const people = { title: 'Checkout', admins: [], commanders: [], policy: aPeoplePolicy() };

    expect(threadOf([requested, blocked], people)[0]?.text).toMatch(/^:warning: Whoever looks after this: /u);
  });
});

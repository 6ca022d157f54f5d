import { describe, expect, it } from 'vitest';
import { deskUnderWay, seenNow } from './desks.ts';
import { buttonValue } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

async function held(): Promise<TestDesk> {
  const desk = await deskUnderWay();
  await desk.happens(1, {
    type: 'held',
    question: 'AWS does not answer',
    resumeMeans: 'Resume asks again.',
    abortMeans: 'Abort puts v1.0.0 back.',
    deadline: desk.clock.now() + 60_000,
  });
  return desk;
}

describe('abort', () => {
  it.each(['abort #1', 'ABORT #1 please', '#1 abort', 'abort 1', 'abort api 1', 'abort <#C0NUMBER|1>'])(
    '“%s” stops the deployment and says what comes back',
    async (words) => {
      const desk = await deskUnderWay();

      const answer = await desk.types(`${words} because it is slow`);

      expect(answer.words).toBe(
        '#1 is being aborted: v1.0.0 is being put back. Its message shows when that is confirmed.',
      );
      expect(await desk.store.deployment(1)).toMatchObject({ abortRequestedBy: { userId: 'U0MAYA' } });
    },
  );

  it('before anything changed says so', async () => {
    const desk = new TestDesk();
    await desk.types('deploy staging');

    expect((await desk.types('abort #1')).words).toBe('#1 is stopped. Nothing was changed yet.');
  });

  it.each([
    ['abort', /Which deployment\?.*`\/forge abort #142`/u],
    ['abort 2', /no deployment #2/u],
    ['abort 1 #2', /name one deployment; you named #2 and #1/u],
    ['abort #1 #2', /name one deployment; you named #1 and #2/u],
    ['abort #0', /no deployment #0/u],
    ['abort #2', /no deployment #2/u],
    ['abort #99999999999999999999', /Which deployment\?/u],
    ['abort #-1', /Which deployment\?/u],
    [
      'abort api production v9 #1',
      /Nothing was done: #1 is v1\.1\.0 on api in staging, and you typed “production” too/u,
    ],
    ['abort billing-worker #1', /you typed “billing-worker” too/u],
    ['abort #1 soon', /you typed “soon” too\. If you mean #1, type `\/forge abort #1`/u],
    ['abort #1 us-east-1', /about all regions/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = await deskUnderWay();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(sentence);
    expect((await desk.store.deployment(1))?.abortRequestedBy).toBeUndefined();
  });

  it('a second time says who was first', async () => {
    const desk = await deskUnderWay();
    await desk.types('abort #1', 'U0SAM');

    const answer = await desk.types('abort #1');

    expect(answer.text).toBe('#1 is already being aborted by <@U0SAM>.');
  });

  it('after the success says how to undo it instead', async () => {
    const desk = await deskUnderWay();
    await desk.happens(1, { type: 'succeeded' });

    const answer = await desk.types('abort #1');

    expect(answer.words).toMatch(
      /cannot be aborted: it has succeeded and v1\.1\.0 is live\..*`\/forge rollback #1`/u,
    );
  });

  it('by a button that was shown for an earlier state does nothing and offers a fresh one', async () => {
    const desk = await deskUnderWay();
    const old = await seenNow(desk);
    await desk.happens(1, {
      type: 'held',
      question: 'Shall it go on?',
      resumeMeans: 'Resume goes on.',
      abortMeans: 'Abort puts back.',
      deadline: 1,
    });

    const answer = await desk.presses('abort', old);

    expect(answer.words).toMatch(
      /Nothing was done: #1 is not what it was when you pressed; it has moved on since\./u,
    );
    expect((await desk.store.deployment(1))?.abortRequestedBy).toBeUndefined();
    expect(buttonValue(answer.blocks, 'Abort')).toEqual(await seenNow(desk));
  });

  it('by a form acts once and keeps the reason', async () => {
    const desk = await deskUnderWay();

    await desk.sends('abort', { why: 'too slow' }, await seenNow(desk));

    const events = await desk.store.events(1);
    expect(events.filter(({ event }) => event.type === 'abort-requested')).toMatchObject([
      { why: 'too slow' },
    ]);
  });
});

describe('resume', () => {
  it('answers the question of a held deployment', async () => {
    const desk = await held();

    const answer = await desk.types('resume #1');

    expect(answer.words).toBe('#1 goes on with v1.1.0.');
    expect(await desk.store.deployment(1)).toMatchObject({ phase: { kind: 'running' } });
  });

  it.each([
    ['resume', /Which deployment\?.*`\/forge resume #142`/u],
    ['resume #9', /no deployment #9/u],
    ['resume #1', /#1 is not waiting for an answer: it is going on by itself\./u],
  ])('“%s” is refused, with what next, when nothing is held', async (words, sentence) => {
    const desk = await deskUnderWay();

    expect((await desk.types(words)).words).toMatch(sentence);
  });

  it('by a button whose question was answered says so', async () => {
    const desk = await held();
    const value = await seenNow(desk);
    await desk.presses('resume', value, 'U0SAM');

    const answer = await desk.presses('resume', value);

    expect(answer.words).toMatch(
      /Nothing was done: somebody has answered #1 already, and it goes on\. Its message shows/u,
    );
  });
});

describe('takeover', () => {
  it('typed where nothing is blocked is refused and says what to do instead', async () => {
    const desk = await deskUnderWay();

    const answer = await desk.types('takeover #1');

    expect(answer.words).toContain('nothing of it is blocked');
    expect(await desk.store.deployment(1)).toMatchObject({ phase: { kind: 'running' } });
  });

  it('typed where putting back is blocked ends the deployment as left to that person', async () => {
    const desk = await deskUnderWay();
    await desk.happens(
      1,
      { type: 'restoring', because: 'failure', reason: 'it crashed' },
      { type: 'restore-blocked', region: 'us-east-1', reason: 'AWS refuses' },
    );

    await desk.types('takeover #1');

    expect(await desk.store.deployment(1)).toMatchObject({
      phase: { kind: 'left', by: { kind: 'person', userId: 'U0MAYA' } },
    });
  });
});

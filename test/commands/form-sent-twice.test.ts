import { describe, expect, it } from 'vitest';
import { type Answer, TestDesk } from './front-desk.ts';

/** Slack did not hear that the first arrived, as when the process was killed: the form is still open. */
async function sentTwice(desk: TestDesk, submission: ReturnType<TestDesk['submission']>): Promise<Answer[]> {
  const again = { ...submission, id: `${submission.id} again` };
  await desk.reception.keep(submission);
  await desk.reception.keep(again);
  return [
    await desk.answerTo(() => desk.reception.process(submission)),
    await desk.answerTo(() => desk.reception.process(again)),
  ];
}

async function scheduleForm(desk: TestDesk, words: string) {
  const { form } = await desk.types(words);
  const hidden: unknown = JSON.parse(form?.private_metadata ?? '{}');
  return { hidden, submission: desk.submission('schedule', {}, hidden) };
}

const deploying = { service: 'api', environment: 'staging', ref: 'v1.1.0' };

describe('a form that is sent twice', () => {
  it('schedules one deployment, and says so both times', async () => {
    const desk = new TestDesk();
    const { submission } = await scheduleForm(desk, 'schedule api staging v1.1.0 tomorrow 02:00');

    const [first, second] = await sentTwice(desk, submission);

    expect(first?.words).toMatch(/^#1 of .* is scheduled/u);
    expect(second?.words).toBe(first?.words);
    expect(await desk.store.deployment(2)).toBeUndefined();
  });

  it('is the same form though another reason is given', async () => {
    const desk = new TestDesk();
    const { hidden } = await scheduleForm(desk, 'schedule api staging v1.1.0 tomorrow 02:00');
    await desk.sends('schedule', { why: 'it is quiet' }, hidden);

    expect((await desk.sends('schedule', { why: 'it is very quiet' }, hidden)).words).toMatch(/^#1 of /u);
    expect(await desk.store.deployment(2)).toBeUndefined();
  });

  it('saves what recurs once, and says so both times', async () => {
    const desk = new TestDesk();
    const { submission } = await scheduleForm(desk, 'schedule api staging main every day 02:00');

    const [first, second] = await sentTwice(desk, submission);

    expect([first?.words, second?.words]).toEqual([
      expect.stringMatching(/^R1 is scheduled: /u),
      expect.stringMatching(/^R1 is scheduled: /u),
    ]);
    expect(await desk.store.recurrings()).toHaveLength(1);
  });

  it('begins one deployment though that waits for nothing that would keep a second one off', async () => {
    const desk = new TestDesk();
    const submission = desk.submission('deploy', deploying);
    await desk.arrives(submission);
    await desk.happens(1, { type: 'checking' }, { type: 'waiting', for: 'window', why: 'It is night.' });

    const { words } = await desk.arrives({ ...submission, id: 'again' });

    expect(words).toMatch(/^Deployment #1 of /u);
    expect(await desk.store.deployment(2)).toBeUndefined();
  });

  it.each([
    ['with something else in it', { ...deploying, environment: 'production' }, 'V1'],
    ['as another form', deploying, 'V2'],
  ])('asks again %s', async (_how, values, viewId) => {
    const desk = new TestDesk();
    await desk.arrives(desk.submission('deploy', deploying));
    await desk.happens(1, { type: 'checking' }, { type: 'waiting', for: 'window', why: 'It is night.' });

    await desk.arrives({ ...desk.submission('deploy', values), viewId });

    expect(await desk.store.deployment(2)).toBeDefined();
  });
});

describe('what recurs already', () => {
  it('is not saved again for somebody else, who is told whose it is', async () => {
    const desk = new TestDesk();
    const { submission } = await scheduleForm(desk, 'schedule api staging main every day 02:00');
    await desk.arrives(submission);

    const { words, text } = await desk.arrives({ ...submission, id: 'by Sam', userId: 'U0SAM' });

    expect(text).toMatch(/^R1 is scheduled already, by <@U0MAYA>: /u);
    expect(words).toContain('unschedule R1');
    expect(await desk.store.recurrings()).toHaveLength(1);
  });

  it.each(['schedule api staging main every day 03:00', 'schedule api staging every day 02:00'])(
    'is something else than “%s”',
    async (words) => {
      const desk = new TestDesk();
      await desk.arrives((await scheduleForm(desk, 'schedule api staging main every day 02:00')).submission);

      await desk.arrives((await scheduleForm(desk, words)).submission);

      expect(await desk.store.recurrings()).toHaveLength(2);
    },
  );

  it('is saved again once it was cancelled', async () => {
    const desk = new TestDesk();
    const { submission } = await scheduleForm(desk, 'schedule api staging main every day 02:00');
    await desk.arrives(submission);
    await desk.types('unschedule R1');

    expect((await desk.arrives({ ...submission, id: 'again' })).words).toMatch(/^R2 is scheduled: /u);
  });
});

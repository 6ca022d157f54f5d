import { describe, expect, it } from 'vitest';
import { TestDesk } from './front-desk.ts';

const DENIED = [
  { who: 'U0GUEST', sentence: 'Guests of the workspace may not use Forge.' },
  { who: 'U0NOOR', sentence: 'only members of this workspace may use Forge' },
  { who: 'U0FORGE', sentence: 'Bots may not use Forge.' },
  { who: 'U0DORA', sentence: 'Your Slack account is deactivated.' },
  { who: 'U0NOBODY', sentence: 'Slack does not know you in this workspace.' },
];

describe.each(DENIED)('$who', ({ who, sentence }) => {
  it.each(['deploy staging', 'status', 'help', 'whoami', 'nonsense', ''])(
    'may not type “%s”',
    async (words) => {
      const desk = new TestDesk();

      const answer = await desk.types(words, who);

      expect(answer.words).toContain(sentence);
      expect(answer.form).toBeUndefined();
      expect(await desk.store.nextNumber()).toBe(1);
    },
  );

  it('may not press a button', async () => {
    const desk = new TestDesk();
    await desk.types('deploy staging');

    const answer = await desk.presses('abort', { deployment: 1 }, who);

    expect(answer.words).toContain(sentence);
    expect((await desk.store.deployment(1))?.abortRequestedBy).toBeUndefined();
  });

  it('may not send a form', async () => {
    const desk = new TestDesk();
    const form = desk.submission('deploy', { service: 'api', environment: 'staging' });

    const answer = await desk.arrives({ ...form, userId: who });

    expect(answer.words).toContain(sentence);
    expect(await desk.store.nextNumber()).toBe(1);
  });

  it('sees the reason on the Home, and nothing of what runs where', async () => {
    const desk = new TestDesk();

    const opened = await desk.opensHome(who);
    const refreshed = await desk.presses('home', {}, who);

    expect(
      desk.homes.map(({ to, words }) => [to, words.includes(sentence), words.includes('v1.0.0')]),
    ).toEqual([
      [who, true, false],
      [who, true, false],
    ]);
    expect([opened.words, refreshed.words]).toEqual(['', '']);
  });
});

describe('a person', () => {
  it('who became a member a moment ago is asked for again before they are denied', async () => {
    const desk = new TestDesk();
    const { people } = desk.desk;
    const stale = {
      ...desk.desk,
      people: {
        ...people,
        person: (id: string, options?: { fresh?: boolean }) =>
          people.person(options?.fresh === true ? id : 'U0GUEST', options),
      },
    };

    const { dispatch } = await import('../../commands/dispatch.ts');
    const answer = await desk.answerTo(async () => {
      await dispatch({ kind: 'home-opened', id: 'home:1', userId: 'U0MAYA', receivedAt: 0 }, stale);
    });

    expect(answer.words).toBe('');
    expect(desk.homes[0]?.words).toContain('v1.0.0');
  });

  it('Slack does not identify is told so, nothing is done, and the log has the reason', async () => {
    const desk = new TestDesk();
    desk.people.set('U0MAYA', 'silent');

    const answer = await desk.types('deploy staging');

    expect(answer.words).toBe(
      'Slack did not say who you are, so Forge cannot tell whether you may do this. Nothing was done; try again in a minute.',
    );
    expect(await desk.store.nextNumber()).toBe(1);
    expect(desk.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ error: 'Could not ask Slack who U0MAYA is' }),
      }),
    );
  });

  it('who only looks at the Home reads there what is wrong, and is not written to', async () => {
    const desk = new TestDesk();
    desk.people.set('U0MAYA', 'silent');

    const answer = await desk.opensHome('U0MAYA');

    expect(answer.words).toBe('');
    expect(desk.homes).toMatchObject([{ words: expect.stringContaining('Slack did not say who you are') }]);
    expect(desk.lines.map(({ level }) => level)).toEqual(['warn']);
  });
});

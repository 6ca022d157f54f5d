import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { policy } from '../scenarios/company.ts';
import { formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** Sam asks; Dana commands incidents, Lena manages releases, Maya deploys. */
const people: PeoplePolicy = {
  all: {
    everyone: 'deployer',
    roles: { 'incident-commander': ['U0DANA'], 'release-manager': ['U0LENA'] },
    groups: {},
  },
  environments: {},
  services: {},
};

const forConsent: DeploymentEvent = { type: 'waiting', for: 'consent', why: 'It is not a preferred time.' };

/** Sam has asked for v1.1.0 of the api on staging as #1, and it waits for consent. */
async function deskWaiting(reason = ''): Promise<TestDesk> {
  const desk = new TestDesk({ policy: { ...policy, people } });
  desk.people.set('U0DANA', 'member').set('U0LENA', 'member');
  await desk.types(`deploy api staging${reason}`, 'U0SAM');
  await desk.happens(1, { type: 'checking' }, forConsent);
  return desk;
}

const stateOf = (desk: TestDesk) => desk.store.deployment(1);

/** As Dana sends the form; `sends` of the desk is Maya's. */
function danaSends(desk: TestDesk, command: string, fields: Record<string, string>, hidden: unknown) {
  return desk.arrives({ ...desk.submission(command, fields, hidden), userId: 'U0DANA' });
}

describe('consent', () => {
  it('typed shows what would start and why it waits, and does nothing yet', async () => {
    const desk = await deskWaiting();

    const { form } = await desk.types('consent #1 because it is quiet', 'U0LENA');

    expect(formWords(form)).toMatch(/v1\.1\.0.*replaces.*v1\.0\.0/su);
    expect(formWords(form)).toContain('It is not a preferred time.');
    expect(initialValues(form)).toMatchObject({ why: 'it is quiet' });
    expect((await stateOf(desk))?.consent).toBeUndefined();
  });

  it('by its form lets exactly that start', async () => {
    const desk = await deskWaiting();
    const { form } = await desk.types('consent #1', 'U0DANA');

    const answer = await danaSends(desk, 'consent', { why: 'it is quiet' }, form?.private_metadata);

    expect(answer.words).toContain('You let #1 start now.');
    expect((await stateOf(desk))?.consent).toMatchObject({ by: { userId: 'U0DANA' }, why: 'it is quiet' });
  });

  it('to what is scheduled says when that starts', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });
    desk.people.set('U0LENA', 'member');
    const { form } = await desk.types('schedule api staging v1.1.0 tomorrow 02:00');
    await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));
    await desk.happens(1, { type: 'checking' }, forConsent);

    const question = await desk.types('consent #1 because it is quiet', 'U0LENA');

    expect(formWords(question.form)).toMatch(/With your consent it may start .*2026-01-06 01:00 UTC/u);
  });

  it('where nobody is asked for it is refused before they are asked for a reason', async () => {
    const desk = await deskWaiting();
    await desk.happens(1, { type: 'waiting', for: 'freeze', why: 'It is frozen.' });

    const answer = await desk.types('consent #1 because it is quiet', 'U0LENA');

    expect(answer.text).toMatch(/^#1 does not wait for anybody’s consent\./u);
    expect(answer.form).toBeUndefined();
  });

  it('is refused to who may not, also by the form of somebody who may', async () => {
    const desk = await deskWaiting();
    const { form } = await desk.types('consent #1', 'U0DANA');

    const answer = await desk.sends('consent', { why: 'it is quiet' }, form?.private_metadata);

    expect(answer.text).toMatch(/^Only release managers and incident commanders may consent to .*<@U0LENA>/u);
    expect((await stateOf(desk))?.consent).toBeUndefined();
  });
});

describe('emergency', () => {
  it('typed asks once more and says what it means, and does nothing yet', async () => {
    const desk = await deskWaiting();

    const { form } = await desk.types('emergency #1 because customers cannot pay', 'U0DANA');

    expect(formWords(form)).toContain('without the votes that are missing');
    expect(formWords(form)).toContain('a review is due in 24 hours');
    expect(initialValues(form)).toMatchObject({ why: 'customers cannot pay' });
    expect((await stateOf(desk))?.emergency).toBeUndefined();
  });

  it('by its form starts it, and says that a review is due', async () => {
    const desk = await deskWaiting();
    const { form } = await desk.types('emergency #1', 'U0DANA');

    const answer = await danaSends(desk, 'emergency', { why: 'down' }, form?.private_metadata);

    expect(answer.words).toMatch(/#1 is an emergency now.*\/forge review #1/su);
    expect((await stateOf(desk))?.emergency).toMatchObject({ by: { userId: 'U0DANA' }, why: 'down' });
  });

  it('needs a reason of its own, whatever the deployment was asked for', async () => {
    const desk = await deskWaiting(' because of the slow page');
    const { form } = await desk.types('emergency #1', 'U0DANA');

    const answer = await danaSends(desk, 'emergency', { why: ' ' }, form?.private_metadata);

    expect(answer.words).toContain('Nothing was done: say why.');
    expect((await stateOf(desk))?.emergency).toBeUndefined();
  });

  it('by the form of another plan does nothing, and says so', async () => {
    const desk = await deskWaiting();

    const answer = await danaSends(desk, 'emergency', { why: 'down' }, { deployment: 1, digest: 'another' });

    expect(answer.words).toContain('has changed since you looked');
    expect((await stateOf(desk))?.emergency).toBeUndefined();
  });

  it('by a form of another version of Forge does nothing, and says so', async () => {
    const desk = await deskWaiting();

    const answer = await danaSends(desk, 'emergency', { why: 'down' }, { deployment: 1 });

    expect(answer.words).toMatch(/another version/u);
    expect((await stateOf(desk))?.emergency).toBeUndefined();
  });

  it('of their own deployment is refused before they are asked for a reason', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });
    desk.people.set('U0DANA', 'member');
    await desk.types('deploy api staging', 'U0DANA');
    await desk.happens(1, { type: 'checking' }, forConsent);

    const answer = await desk.types('emergency #1 because customers cannot pay', 'U0DANA');

    expect(answer.text).toMatch(/^You asked for #1 yourself, so another incident commander/u);
    expect(answer.form).toBeUndefined();
  });

  it('is refused to release managers', async () => {
    const desk = await deskWaiting();

    const answer = await desk.types('emergency #1 because x', 'U0LENA');

    expect(answer.text).toMatch(/^Only incident commanders may approve an emergency of api in staging/u);
  });
});

describe('review', () => {
  async function afterEmergency(): Promise<TestDesk> {
    const desk = await deskWaiting();
    await desk.happens(
      1,
      { type: 'emergency-declared', digest: 'd1' },
      { type: 'review-due', at: desk.clock.now() + 1_000 },
    );
    return desk;
  }

  it('opens a form, and keeps what is written there', async () => {
    const desk = await afterEmergency();
    const { form } = await desk.types('review #1', 'U0DANA');

    const answer = await danaSends(desk, 'review', { text: 'A leak.' }, form?.private_metadata);

    expect(answer.words).toBe('The review of #1 is kept. Thank you.');
    expect((await stateOf(desk))?.review?.written).toMatchObject({
      text: 'A leak.',
      by: { userId: 'U0DANA' },
    });
  });

  it.each([
    ['review #1 because a leak filled the disk', 'a leak filled the disk'],
    ['review 1 A leak of api filled the disk', 'A leak of api filled the disk'],
    ['review #1 Back on #2 because it leaked', 'Back on #2 because it leaked'],
  ])('can be typed whole, as “%s”', async (words, text) => {
    const desk = await afterEmergency();

    await desk.types(words, 'U0DANA');

    expect((await stateOf(desk))?.review?.written).toMatchObject({ text });
  });

  it('is due of emergencies alone', async () => {
    const desk = await deskWaiting();

    const written = await desk.types('review #1 because nothing happened', 'U0DANA');
    const asked = await desk.types('review #1', 'U0DANA');

    expect(written.words).toContain('#1 was no emergency');
    expect(asked).toMatchObject({ words: written.words, form: undefined });
  });
});

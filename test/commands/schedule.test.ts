import { describe, expect, it } from 'vitest';
import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import { aPerson } from '../builders.ts';
import { policy } from '../scenarios/company.ts';
import { buttonValue, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** It is Monday 5 January 2026, 10:00 in Berlin, where Maya is. */
const tomorrowAtTwo = Date.UTC(2026, 0, 6, 1);

/** Of working hours in New York; nights are forbidden there. */
const windows: WindowPolicy = {
  ...{ zone: 'America/New_York', zones: {}, avoided: [], holidays: [], whenItCloses: 'finish-region' },
  preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
  forbidden: [{ days: ['Tue', 'Wed'], from: 0, to: 360 }],
};

function policyWith(change: Partial<EnvironmentPolicy>): Policy {
  const environments = policy.environments.map((one) =>
    one.name === 'staging' ? { ...one, ...change } : one,
  );
  return { ...policy, environments };
}

const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};

/** Types it, then confirms what is asked. */
async function scheduled(
  desk: TestDesk,
  words = 'schedule api staging v1.1.0 tomorrow 02:00',
): Promise<string> {
  const { form } = await desk.types(words);
  const { why = '' } = initialValues(form);
  return (await desk.sends('schedule', { why }, JSON.parse(form?.private_metadata ?? '{}'))).words;
}

function first(desk: TestDesk): Promise<Deployment | undefined> {
  return desk.store.deployment(1);
}

describe('schedule', () => {
  it.each([
    ['tomorrow', /Is this the time you mean/u, true],
    ['tonight', /At what time exactly/u, false],
  ])('proposes what “%s” may mean in a form, unless that is past', async (words, note, isProposed) => {
    const desk = new TestDesk({ policy });
    await desk.clock.advance(12.5 * 3_600_000);

    const { form } = await desk.types(`schedule api staging v1.1.0 ${words}`);

    expect(formWords(form)).toMatch(note);
    expect(JSON.stringify(form).includes('initial_date_time')).toBe(isProposed);
  });

  it('says in words what it would be, in the zones of the person, the environment and UTC, and schedules nothing yet', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows, approvals }) });

    const { form } = await desk.types(
      'schedule api staging v1.1.0 canary tomorrow 17:00 because it is quiet',
    );

    const words = formWords(form);
    expect(words).toContain('Tue, 6 Jan 2026, 17:00 GMT+1 (Europe/Berlin)');
    expect(words).toContain('Tue, 6 Jan 2026, 11:00 GMT-5 (America/New_York)');
    expect(words).toContain('Tue, 6 Jan 2026, 16:00 UTC');
    expect(words).toContain(
      'It needs the approval of 1 release manager: they are asked now, and have until it is to start.',
    );
    expect(words).toMatch(/v1\.1\.0\* goes to .* in \*staging\*, by canary/u);
    expect(initialValues(form)).toEqual({ why: 'it is quiet' });
    expect(await first(desk)).toBeUndefined();
  });

  it('schedules what was confirmed', async () => {
    const desk = new TestDesk();

    const words = await scheduled(desk, 'schedule api staging v1.1.0 tomorrow 02:00 because it is quiet');

    expect(words).toMatch(/^#1 of .* to staging is scheduled: it starts /u);
    expect(await first(desk)).toMatchObject({
      ...{
        service: 'api',
        environment: 'staging',
        ref: 'v1.1.0',
        startAt: tomorrowAtTwo,
        why: 'it is quiet',
      },
    });
  });

  it.each([
    ['schedule api staging tomorrow 02:00', tomorrowAtTwo],
    ['schedule the api to staging v1.1.0 tomorrow at 02:00', tomorrowAtTwo],
    ['schedule tomorrow 02:00 v1.1.0 api staging', tomorrowAtTwo],
    ['schedule staging api 2026-01-06 02:00', tomorrowAtTwo],
    ['schedule api staging in 2 hours', Date.UTC(2026, 0, 5, 11)],
    ['schedule api staging v1.1.0 Friday 9:30', Date.UTC(2026, 0, 9, 8, 30)],
  ])('“%s” is understood', async (words, startAt) => {
    const desk = new TestDesk();

    await scheduled(desk, words);

    expect(await first(desk)).toMatchObject({ startAt });
  });

  it.each([
    ['schedule', {}],
    ['schedule api staging', { service: 'api', environment: 'staging' }],
    ['schedule api tomorrow 02:00 because x', { service: 'api', why: 'x' }],
    ['schedule api staging v1.1.0 tomorrow', { service: 'api', environment: 'staging', ref: 'v1.1.0' }],
    ['schedule api staging production tomorrow 02:00', { service: 'api' }],
    ['schedule api staging v1.1.0 v1.0.0 tomorrow 02:00', { service: 'api', environment: 'staging' }],
  ])('“%s” asks for the rest by a form, and schedules nothing', async (words, known) => {
    const desk = new TestDesk();

    const { form } = await desk.types(words);

    expect(form?.callback_id).toBe('schedule');
    expect(initialValues(form)).toEqual(known);
    expect(await first(desk)).toBeUndefined();
  });

  it('by the form is asked to confirm too', async () => {
    const desk = new TestDesk();
    const submission = desk.submission('schedule', {});
    const chosen = { service: { service: 'api' }, environment: { environment: 'staging' } };
    const values = { ...chosen, at: { at: tomorrowAtTwo / 1000 } };

    const { form } = await desk.arrives({ ...submission, values });

    expect(formWords(form)).toContain('Tue, 6 Jan 2026, 02:00 GMT+1 (Europe/Berlin)');
    expect(await first(desk)).toBeUndefined();
    await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));
    expect((await first(desk))?.startAt).toBe(tomorrowAtTwo);
  });

  it('asks which time is meant where the clock shows it twice', async () => {
    const desk = new TestDesk();

    const { words, blocks } = await desk.types('schedule api staging 2026-10-25 02:30');

    expect(words).toMatch(/comes twice\. Which one do you mean/u);
    const { form } = await desk.presses('schedule', buttonValue(blocks, 'The second time'));
    expect(formWords(form)).toContain('Sun, 25 Oct 2026, 01:30 UTC');
  });

  it.each([
    ['schedule api staging 2026-03-29 02:30', /there is no “2026-03-29 02:30” in Europe\/Berlin/u],
    ['schedule api staging 2026-01-05 08:00', /^Nothing was scheduled: that time is past/u],
    [
      'schedule api staging v9.9.9 tomorrow 02:00',
      /^Nothing was scheduled: .* no release called “v9\.9\.9”/u,
    ],
    ['schedule billing-worker production tomorrow 02:00', /does not run in production/u],
    ['schedule api stagin v1.1.0 tomorrow 02:00', /Did you mean `staging`/u],
    ['schedule #1 tomorrow 02:00', /takes no deployment number/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = new TestDesk();

    expect((await desk.types(words)).words).toMatch(sentence);
    expect(await first(desk)).toBeUndefined();
  });

  it('refuses a forbidden time, and says when it may be', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows }) });

    expect((await desk.types('schedule api staging tomorrow 07:00')).words).toMatch(
      /^Nothing was scheduled: It is a forbidden time .* would do\./u,
    );
  });

  it('refuses a frozen time, also when it is frozen before it is confirmed', async () => {
    const desk = new TestDesk();
    const { form } = await desk.types('schedule api staging tomorrow 02:00');
    const freeze = {
      id: 'F1',
      scope: {},
      owner: 'U0SAM',
      reason: 'the sale',
      from: 0,
      until: tomorrowAtTwo + 1,
    };
    await desk.store.commit([{ kind: 'place-freeze', freeze, by: aPerson }]);

    const { text } = await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));

    expect(text).toMatch(/^Nothing was scheduled: <@U0SAM> has frozen/u);
    expect(await first(desk)).toBeUndefined();
  });

  it('where something is under way says so before it asks to confirm, and afterwards', async () => {
    const desk = new TestDesk();
    const { form } = await desk.types('schedule api staging v1.1.0 tomorrow 02:00');
    await desk.types('deploy api staging', 'U0SAM');
    await desk.happens(1, { type: 'checking' }, { type: 'started' });

    const typed = await desk.types('schedule api staging v1.1.0 tomorrow 02:00');
    const confirmed = await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));

    expect(typed.text).toMatch(/^Nothing was scheduled: <@U0SAM> is deploying v1\.1\.0 to .* \(#1\)/u);
    expect(typed.form).toBeUndefined();
    expect(confirmed.text).toBe(typed.text);
    expect(await desk.store.deployment(2)).toBeUndefined();
  });

  it('says that a lock stands in the way, and schedules it all the same', async () => {
    const desk = new TestDesk();
    const lock = { id: 'L1', environment: 'staging', owner: 'U0SAM', reason: 'x', until: tomorrowAtTwo + 1 };
    await desk.store.commit([{ kind: 'place-lock', lock, by: aPerson }]);

    const { form } = await desk.types('schedule api staging tomorrow 02:00');

    expect(formWords(form)).toMatch(/As things stand it may not start then: .* has locked/u);
    await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));
    expect((await first(desk))?.startAt).toBe(tomorrowAtTwo);
  });

  it('needs a reason where the time needs consent', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows }) });

    const { form } = await desk.types('schedule api staging tomorrow 13:00');

    expect(formWords(form)).toMatch(/needs a reason and the consent of a release manager/u);
    const hidden: unknown = JSON.parse(form?.private_metadata ?? '{}');
    expect((await desk.sends('schedule', {}, hidden)).words).toMatch(/say why/u);
    expect(await first(desk)).toBeUndefined();
    await desk.sends('schedule', { why: 'it is quiet' }, hidden);
    expect((await first(desk))?.why).toBe('it is quiet');
  });

  it.each([
    ['every weekday 02:00', '0 2 * * 1-5'],
    ['every day at 02:00', '0 2 * * *'],
    ['every Mon and Thu 18:30', '30 18 * * 1,4'],
    ['cron */30 9-17 * * 1-5', '*/30 9-17 * * 1-5'],
  ])('%s recurs, once it is confirmed', async (words, cron) => {
    const desk = new TestDesk();

    const { form } = await desk.types(`schedule api staging main ${words}`);
    expect(formWords(form)).toMatch(/again and again: .* by the clock of Europe\/Berlin/u);
    expect(await desk.store.recurrings()).toEqual([]);
    const told = await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));

    expect(told.words).toMatch(/^R1 is scheduled/u);
    expect(await desk.store.recurrings()).toMatchObject([
      { id: 'R1', cron, zone: 'Europe/Berlin', ref: 'main' },
    ]);
  });

  it.each([
    ['schedule api staging every now and then', /not sure how often/u],
    ['schedule api staging every day Monday 02:00', /not sure how often/u],
    ['schedule api staging every day 25:00', /not sure how often/u],
    ['schedule api staging cron 0 2 * *', /not sure how often/u],
    ['schedule api staging cron 99 2 * * *', /five fields/u],
    ['schedule api every day 02:00', /name one service, one environment/u],
  ])('“%s” recurs never: it is refused', async (words, sentence) => {
    const desk = new TestDesk();

    expect((await desk.types(words)).words).toMatch(sentence);
  });

  it('does not recur where people must approve each deployment', async () => {
    const desk = new TestDesk({ policy: policyWith({ approvals }) });

    expect((await desk.types('schedule api staging every day 02:00')).words).toMatch(/approval each time/u);
  });
});

describe('schedules', () => {
  it('says that there are none', async () => {
    expect((await new TestDesk().types('schedules')).words).toMatch(/^Nothing is scheduled/u);
  });

  it('lists them with buttons to change and cancel each', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    await scheduled(desk, 'schedule api staging every day 02:00');

    const { words, blocks } = await desk.types('schedules staging');

    expect(words).toMatch(/#1.*v1\.1\.0/u);
    expect(words).toMatch(/R1.*again and again/u);
    await desk.presses('unschedule', buttonValue(blocks, 'Cancel R1'));
    expect(await desk.store.recurrings()).toEqual([]);
    expect((await desk.types('schedules production')).words).toMatch(/^Nothing is scheduled/u);
    await desk.presses('unschedule', buttonValue(blocks, 'Cancel #1'));
    expect((await first(desk))?.abortRequestedBy).toMatchObject({ userId: 'U0MAYA' });
  });

  it('cancels nothing by a button that was drawn for another time', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    const { blocks } = await desk.types('schedules');
    await desk.types('reschedule #1 tomorrow 03:00');

    const { words } = await desk.presses('unschedule', buttonValue(blocks, 'Cancel #1'));

    expect(words).toMatch(/has another time now/u);
    expect(await first(desk)).not.toHaveProperty('abortRequestedBy');
  });
});

describe('unschedule', () => {
  it.each(['unschedule #1 because it waits', 'unschedule 1'])('“%s” cancels it', async (words) => {
    const desk = new TestDesk();
    await scheduled(desk);

    expect((await desk.types(words)).words).toMatch(/^#1 is cancelled/u);
    expect((await first(desk))?.abortRequestedBy).toBeDefined();
  });

  it('is not for what has no time', async () => {
    const desk = new TestDesk();
    await desk.types('deploy api staging');

    expect((await desk.types('unschedule #1')).words).toMatch(
      /is not scheduled\. To stop it, type .*abort #1/u,
    );
  });

  it('is not for what has begun', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    await desk.happens(1, { type: 'checking' }, { type: 'started' });

    expect((await desk.types('unschedule #1')).words).toMatch(
      /has started already\. To stop it, .*abort #1/u,
    );
    expect(await first(desk)).not.toHaveProperty('abortRequestedBy');
  });

  it.each([
    ['unschedule', /Which deployment\?/u],
    ['unschedule R9', /There is no R9/u],
  ])('“%s” is refused', async (words, sentence) => {
    expect((await new TestDesk().types(words)).words).toMatch(sentence);
  });
});

describe('reschedule', () => {
  it('sets another time', async () => {
    const desk = new TestDesk();
    await scheduled(desk);

    expect((await desk.types('reschedule #1 tomorrow 03:00')).words).toMatch(
      /^#1 has another time: it starts /u,
    );
    expect(await first(desk)).toMatchObject({ startAt: tomorrowAtTwo + 3_600_000, lastEditor: 'U0MAYA' });
  });

  it('without a time asks by a form that shows what there is, and changes exactly that', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    const { form } = await desk.types('reschedule #1');
    expect(formWords(form)).toMatch(/replaces .*It is scheduled: it starts/su);
    const submission = desk.submission('reschedule', {}, JSON.parse(form?.private_metadata ?? '{}'));
    const values = { at: { at: (tomorrowAtTwo + 3_600_000) / 1000 } };
    await desk.types('reschedule #1 tomorrow 04:00', 'U0SAM');

    const stale = await desk.arrives({ ...submission, values });

    expect(stale.words).toMatch(/#1 has changed since you looked/u);
    expect((await first(desk))?.startAt).toBe(tomorrowAtTwo + 2 * 3_600_000);
  });

  it('refuses a forbidden time', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows }) });
    await scheduled(desk, 'schedule api staging tomorrow 17:00');

    expect((await desk.types('reschedule #1 tomorrow 07:00')).words).toMatch(/forbidden time/u);
    expect((await first(desk))?.startAt).toBe(Date.UTC(2026, 0, 6, 16));
  });

  it('is not for what is not scheduled', async () => {
    const desk = new TestDesk();
    await desk.types('deploy api staging');

    expect((await desk.types('reschedule #1 tomorrow 03:00')).words).toMatch(/#1 is not scheduled/u);
    expect((await desk.types('reschedule #1')).words).toMatch(/#1 is not scheduled/u);
  });
});

describe('confirm', () => {
  const asked: DeploymentEvent = {
    ...{ type: 'owner-asked', changes: ['us-east-1 runs v1.0.1 now.'] },
    ...{ startsAt: tomorrowAtTwo, deadline: tomorrowAtTwo },
  };

  it('shows what has changed, and lets it start as it is', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    await desk.happens(1, { type: 'checking' }, asked);

    const { form } = await desk.presses('confirm', { deployment: 1 });
    expect(formWords(form)).toMatch(/not as it was scheduled:.*us-east-1 runs v1\.0\.1 now/su);
    const { words } = await desk.sends('confirm', {}, JSON.parse(form?.private_metadata ?? '{}'));

    expect(words).toMatch(/^Forge looks at #1 again now, and starts it/u);
    expect(await first(desk)).not.toHaveProperty('ownerAsked');
  });

  it('is for whoever scheduled it', async () => {
    const desk = new TestDesk();
    await scheduled(desk);
    await desk.happens(1, { type: 'checking' }, asked);
    const { form } = await desk.presses('confirm', { deployment: 1 });
    const submission = desk.submission('confirm', {}, JSON.parse(form?.private_metadata ?? '{}'));

    const { text } = await desk.arrives({ ...submission, userId: 'U0SAM' });
    const pressed = await desk.presses('confirm', { deployment: 1 }, 'U0SAM');

    expect(text).toMatch(/<@U0MAYA> scheduled #1 and is asked/u);
    expect(pressed).toMatchObject({ form: undefined, text });
    expect(await first(desk)).toHaveProperty('ownerAsked');
  });

  it('is not where nobody asks', async () => {
    const desk = new TestDesk();
    await scheduled(desk);

    expect((await desk.types('confirm #1')).words).toMatch(/Nobody has to confirm #1 now/u);
  });
});

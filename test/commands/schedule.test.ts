import { describe, expect, it } from 'vitest';
import { aPerson } from '../builders.ts';
import { policy } from '../scenarios/company.ts';
import { buttonValue, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';
import { approvals, first, policyWith, scheduled, tomorrowAtTwo, windows } from './schedule-desk.ts';

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
});

import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { buttonValue, formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';
import { first, policyWith, scheduled, tomorrowAtTwo, windows } from './schedule-desk.ts';

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

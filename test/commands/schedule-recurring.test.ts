import { describe, expect, it } from 'vitest';
import { formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';
import { approvals, policyWith } from './schedule-desk.ts';

describe('what recurs', () => {
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

import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../src/ports/incoming.ts';
import { buttonValue, choices, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** The desk's people are in Berlin, and it is Monday, 5 January 2026, 10:00 there. */
const berlin = (text: string) => Date.parse(`${text}+01:00`);

async function sends(desk: TestDesk, fields: Record<string, FieldValue>) {
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { [name]: value }]));
  return desk.arrives({ ...desk.submission('freeze', {}), values });
}

describe('freeze', () => {
  it.each([
    'freeze production until Friday 18:00 because of the sale',
    'freeze until Friday 18:00 production because of the sale',
    'freeze production until Friday, 18:00. because of the sale',
    'production freeze until 2026-01-09 18:00 because of the sale',
    'freeze production for 104 hours because of the sale',
  ])('“%s” freezes it in the zone of the person, and says so', async (words) => {
    const desk = new TestDesk();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(
      /^Everything in production is frozen until .*: only an emergency can start there/u,
    );
    expect(answer.words).toContain('/forge unfreeze F1');
    expect(await desk.store.freezesAhead(desk.clock.now())).toEqual([
      {
        ...{ id: 'F1', scope: { environments: ['production'] }, owner: 'U0MAYA', reason: 'of the sale' },
        ...{ from: desk.clock.now(), until: berlin('2026-01-09T18:00'), placedAt: desk.clock.now() },
      },
    ]);
  });

  it.each([
    ['freeze everywhere until 18:00 because x', {}],
    ['freeze api everywhere until 18:00 because x', { services: ['api'] }],
    ['freeze api in staging until 18:00 because x', { services: ['api'], environments: ['staging'] }],
    ['freeze everything in staging until 18:00 because x', { environments: ['staging'] }],
  ])('“%s” is about %j', async (words, scope) => {
    const desk = new TestDesk();
    await desk.types(words);

    expect((await desk.store.freezesAhead(0))[0]?.scope).toEqual(scope);
  });

  it('may begin later', async () => {
    const desk = new TestDesk();
    const { words } = await desk.types(
      'freeze staging from tomorrow 18:00 until Friday 9:00 because of the audit',
    );

    expect(words).toMatch(/^Everything in staging will be frozen from /u);
    expect((await desk.store.freezesAhead(0))[0]).toMatchObject({
      from: berlin('2026-01-06T18:00'),
      until: berlin('2026-01-09T09:00'),
    });
  });

  it('for a time is counted from its beginning', async () => {
    const desk = new TestDesk();
    await desk.types('freeze staging from tomorrow 18:00 for 2 hours because of the audit');

    expect((await desk.store.freezesAhead(0))[0]?.until).toBe(berlin('2026-01-06T20:00'));
  });

  it.each([
    ['freeze until 18:00 because x', { until: '2026-01-05T18:00', why: 'x' }],
    ['freeze production because x', { environment: 'production', why: 'x' }],
    ['freeze production until 18:00', { environment: 'production', until: '2026-01-05T18:00' }],
    ['freeze production staging until 18:00 because x', { until: '2026-01-05T18:00', why: 'x' }],
    ['freeze everywhere production until 18:00 because x', { until: '2026-01-05T18:00', why: 'x' }],
    [
      'freeze production until Friday because x',
      { environment: 'production', until: '2026-01-09T12:00', why: 'x' },
    ],
    ['freeze', {}],
  ])('“%s” asks by a form that knows what was said, and freezes nothing', async (words, known) => {
    const desk = new TestDesk();

    const { form } = await desk.types(words);

    const { until, ...others } = { until: undefined, ...known };
    expect(initialValues(form)).toEqual(others);
    expect(JSON.stringify(form?.blocks)).toContain(
      until === undefined
        ? '"datetimepicker","action_id":"until"}'
        : `"initial_date_time":${berlin(until) / 1000}`,
    );
    expect(formWords(form)).toMatch(/Nothing is frozen yet|Which one do you mean|Everywhere, or in one/u);
    expect(choices(form, 'environment')).toEqual(['*', 'staging', 'production', 'playground']);
    expect(await desk.store.freezesAhead(0)).toEqual([]);
  });

  it.each([
    ['freeze production until yesterday 10:00 because x', /not sure what time “yesterday 10:00” is/u],
    ['freeze production until 11/12 18:00 because x', /not sure what time/u],
    ['freeze production until soon because x', /not sure what time “soon” is/u],
    [
      'freeze production until 2026-03-29 02:30 because x',
      /there is no “2026-03-29 02:30” in Europe\/Berlin/u,
    ],
    ['freeze production until 2026-01-05 09:00 because x', /cannot end in the past/u],
    ['freeze production from 2026-01-04 09:00 until 18:00 because x', /cannot begin in the past/u],
    ['freeze production from 18:00 until 17:00 because x', /must end after it begins/u],
    ['freeze production until 18:00 until 19:00 because x', /more than one beginning or end/u],
    ['freeze production until 18:00 for 2 hours because x', /more than one beginning or end/u],
    ['freeze prodution until 18:00 because x', /Did you mean `production`/u],
    ['freeze production hard until 18:00 because x', /can make nothing of “hard”/u],
    ['freeze production @sam until 18:00 because x', /can make nothing of “@sam”/u],
    ['freeze production us-east-1 until 18:00 because x', /about all regions/u],
    ['freeze production #12 until 18:00 because x', /takes no deployment number/u],
    ['freeze production until 18:00 because', /no reason after “because”/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = new TestDesk();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(sentence);
    expect(await desk.store.freezesAhead(0)).toEqual([]);
  });

  it('until a time that comes twice asks which, and each button is one of them', async () => {
    const desk = new TestDesk();
    const { words, blocks } = await desk.types('freeze production until 2026-10-25 02:30 because x');

    expect(words).toMatch(/comes twice\. Which one do you mean\? Nothing was done yet/u);
    expect(await desk.store.freezesAhead(0)).toEqual([]);
    const second = buttonValue(blocks, 'UTC+1');
    expect(buttonValue(blocks, 'UTC+2')).toMatchObject({ until: Date.parse('2026-10-25T02:30+02:00') });
    await desk.presses('freeze', second);
    expect((await desk.store.freezesAhead(0))[0]?.until).toBe(Date.parse('2026-10-25T02:30+01:00'));
  });

  it('with a reason too long for a button asks to type which of the two times is meant', async () => {
    const desk = new TestDesk();
    const { words } = await desk.types(
      `freeze production until 2026-10-25 02:30 because ${'x'.repeat(2000)}`,
    );

    expect(words).toMatch(/comes twice\. Type which one you mean, like `UTC\+2` after the time/u);
    expect(await desk.store.freezesAhead(0)).toEqual([]);
  });

  it('takes what a form says, and shows what is wrong with it under its field', async () => {
    const desk = new TestDesk();
    const [environment, until] = ['*', berlin('2026-01-05T18:00') / 1000];
    const filled = { environment: { environment }, until: { until }, why: { why: 'x' } };
    const check = (values: Record<string, Record<string, FieldValue>>) =>
      desk.reception.check({ ...desk.submission('freeze', {}), values: { ...filled, ...values } });

    expect(await check({})).toEqual({ kind: 'accepted' });
    expect(await check({ from: { from: until } })).toEqual({
      kind: 'errors',
      errors: { until: 'It must end after it begins.' },
    });
    expect(await check({ until: {} })).toMatchObject({ errors: { until: 'Choose a day and a time.' } });
    expect(await check({ why: {} })).toMatchObject({ errors: { why: expect.stringMatching(/^Say why/u) } });
    expect(
      await check({ environment: { environment: 'playground' }, service: { service: 'billing-worker' } }),
    ).toMatchObject({ errors: { environment: expect.stringMatching(/does not run in playground/u) } });

    await sends(desk, { environment, until, why: 'x' });
    expect((await desk.store.freezesAhead(0))[0]).toMatchObject({ scope: {}, until: until * 1000 });
  });

  it('twice by the same arrival is one freeze', async () => {
    const desk = new TestDesk();
    const values = { environment: { environment: '*' }, until: { until: 1_800_000_000 }, why: { why: 'x' } };
    const submission = { ...desk.submission('freeze', {}), values };
    await desk.arrives(submission);
    await desk.arrives(submission);

    expect(await desk.store.freezesAhead(0)).toHaveLength(1);
  });

  it('rings at the deployments that it may hold up, and at no others', async () => {
    const desk = new TestDesk();
    await desk.types('deploy api staging');
    await desk.types('deploy billing-worker staging');
    await desk.happens(2, { type: 'checking' }, { type: 'started' });
    const commits: string[] = [];
    const { commit } = desk.store;
    desk.store.commit = (changes) => {
      commits.push(...changes.flatMap((change) => (change.kind === 'signal-run' ? change.run : [])));
      return commit(changes);
    };

    await desk.types('freeze production until 18:00 because x');
    expect(commits).toEqual([]);
    await desk.types('freeze staging until 18:00 because x');
    // What is under way may be held up before its next region.
    expect(commits).toEqual(['prepare/1', 'deploy/2']);
  });
});

describe('unfreeze', () => {
  async function frozen(...places: string[]): Promise<TestDesk> {
    const desk = new TestDesk();
    for (const place of places) await desk.types(`freeze ${place} until 18:00 because x`);
    return desk;
  }

  it.each([
    [['production'], 'unfreeze production because it is over', 'F1'],
    [['production', 'staging'], 'unfreeze staging', 'F2'],
    [['everywhere', 'staging'], 'unfreeze everywhere', 'F1'],
    [['production', 'api production'], 'unfreeze api production', 'F2'],
    [['production', 'production'], 'unfreeze F2', 'F2'],
    [['production'], 'unfreeze f1', 'F1'],
  ])('of %j: “%s” ends %s and no other', async (places, words, id) => {
    const desk = await frozen(...places);

    const answer = await desk.types(words, 'U0SAM');

    expect(answer.words).toContain(`The freeze ${id} of`);
    const left = (await desk.store.freezesAhead(desk.clock.now())).map((freeze) => freeze.id);
    expect(left).toEqual(places.map((_, index) => `F${index + 1}`).filter((one) => one !== id));
    expect((await desk.store.freeze(id))?.lifted?.by).toMatchObject({ userId: 'U0SAM' });
  });

  it.each([
    [['production', 'production'], 'unfreeze production'],
    [['everywhere'], 'unfreeze production'],
    [['production'], 'unfreeze'],
    [['production', 'staging'], 'unfreeze production staging'],
    [['production', 'staging'], 'unfreeze everywhere production'],
    [['production', 'staging'], 'unfreeze F1 production'],
  ])('of %j: “%s” lists them and ends nothing', async (places, words) => {
    const desk = await frozen(...places);

    const answer = await desk.types(words);

    expect(answer.words).toMatch(/Which freeze do you mean\? Nothing was done yet/u);
    expect(await desk.store.freezesAhead(desk.clock.now())).toHaveLength(places.length);
    await desk.presses('unfreeze', buttonValue(answer.blocks, 'End F1'));
    expect((await desk.store.freeze('F1'))?.lifted).toBeDefined();
  });

  it.each([
    ['unfreeze staging', /Nothing is frozen there/u],
    ['unfreeze F9', /There is no freeze F9/u],
    ['unfreeze production until 18:00', /takes no time/u],
    ['unfreeze producton', /Did you mean `production`/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = await frozen('production');

    expect((await desk.types(words)).words).toMatch(sentence);
    expect(await desk.store.freezesAhead(desk.clock.now())).toHaveLength(1);
  });

  it('a second time says who was first', async () => {
    const desk = await frozen('production');
    await desk.types('unfreeze F1', 'U0SAM');

    expect((await desk.types('unfreeze F1')).text).toBe(
      'The freeze F1 is over already, <@U0SAM> lifted it. Nothing was done.',
    );
  });
});

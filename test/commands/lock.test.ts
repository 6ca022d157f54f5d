import { describe, expect, it } from 'vitest';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { policy } from '../scenarios/company.ts';
import { buttonValue, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** The desk's people are in Berlin, and it is Monday, 5 January 2026, 10:00 there. */
const berlin = (text: string) => Date.parse(`${text}+01:00`);
const sam = '<@U0SAM|sam>';

/** Maya and Ravi deploy, Sam manages releases, Wei may only look. */
function aDesk(): TestDesk {
  const people: PeoplePolicy = {
    all: {
      everyone: 'viewer',
      roles: { deployer: ['U0MAYA', 'U0RAVI'], 'release-manager': ['U0SAM'] },
      groups: {},
    },
    environments: {},
    services: {},
  };
  const desk = new TestDesk({ policy: { ...policy, people } });
  desk.people.set('U0RAVI', 'member').set('U0WEI', 'member');
  return desk;
}

async function locked(words = 'lock production until 18:00 because of a leak'): Promise<TestDesk> {
  const desk = aDesk();
  await desk.types(words);
  return desk;
}

const held = (desk: TestDesk) => desk.store.locksAt(desk.clock.now());

describe('lock', () => {
  it('gives an environment to the person who asks', async () => {
    const desk = aDesk();

    const answer = await desk.types('lock production until 18:00 because of a leak');

    expect(answer.words).toMatch(/^You have locked production until .*nobody else starts anything there/u);
    expect(answer.words).toContain('of a leak');
    expect(await held(desk)).toEqual([
      {
        ...{ id: 'L1', environment: 'production', owner: 'U0MAYA', reason: 'of a leak', version: 1 },
        ...{ placedAt: desk.clock.now(), until: berlin('2026-01-05T18:00') },
      },
    ]);
  });

  it.each([
    ['lock api production for 2 hours because x', { environment: 'production', service: 'api' }],
    ['lock the api in production for 2 hours because x', { environment: 'production', service: 'api' }],
  ])('“%s” locks %j', async (words, place) => {
    const desk = await locked(words);

    expect(await held(desk)).toMatchObject([{ ...place, until: berlin('2026-01-05T12:00') }]);
  });

  it.each([
    ['lock production', { environment: 'production' }],
    ['lock production until 18:00', { environment: 'production' }],
    ['lock production because x', { environment: 'production', why: 'x' }],
    ['lock until 18:00 because x', { why: 'x' }],
    ['lock production until Friday because x', { environment: 'production', why: 'x' }],
    ['lock production staging until 18:00 because x', { why: 'x' }],
  ])('“%s” asks by a form that knows what was said, and locks nothing', async (words, known) => {
    const desk = aDesk();

    const { form } = await desk.types(words);

    expect(initialValues(form)).toEqual(known);
    expect(formWords(form)).toMatch(/Nothing is locked yet|Which one do you mean/u);
    expect(await held(desk)).toEqual([]);
  });

  it.each([
    ['lock everywhere until 18:00 because x', /a lock is of one environment/u],
    ['lock production from 17:00 until 18:00 because x', /begins at once/u],
    ['lock production until soon because x', /not sure what time/u],
    ['lock production until 2026-01-05 09:00 because x', /cannot end in the past/u],
    ['lock producton until 18:00 because x', /Did you mean `production`/u],
    ['lock production @sam until 18:00 because x', /Slack did not say who “@sam” is/u],
    [`lock production ${sam} <@U0RAVI> until 18:00 because x`, /only one person can have a lock/u],
    ['lock billing-worker production until 18:00 because x', /does not run in production/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = aDesk();

    expect((await desk.types(words)).words).toMatch(sentence);
    expect(await held(desk)).toEqual([]);
  });

  it.each(['lock production until 17:00 because y', 'lock api production until 17:00 because y'])(
    '“%s” of what another has says who has it, and changes nothing',
    async (words) => {
      const desk = await locked();

      const answer = await desk.types(words, 'U0RAVI');

      expect(answer.text).toMatch(/^Nothing was done: <@U0MAYA> has locked production until /u);
      expect(await held(desk)).toMatchObject([{ owner: 'U0MAYA', version: 1 }]);
    },
  );

  it('by two people at the same moment is given to one, and the other is told who has it', async () => {
    const desk = aDesk();
    const words = 'lock production until 18:00 because x';

    const texts = await Promise.all([desk.types(words), desk.types(words, 'U0RAVI')]);

    expect(await held(desk)).toHaveLength(1);
    expect(texts.map(({ text }) => text).join('\n')).toMatch(/has locked production until/u);
  });

  it('again by who has it prolongs it', async () => {
    const desk = await locked();

    const answer = await desk.types('lock production until 20:00');

    expect(answer.words).toMatch(/^You have production locked until .* now\.$/u);
    expect(await held(desk)).toMatchObject([{ id: 'L1', version: 2, until: berlin('2026-01-05T20:00') }]);
  });

  it('again without a time says what there is', async () => {
    const desk = await locked();

    expect((await desk.types('lock production')).words).toMatch(/You have that lock already, as L1/u);
  });

  it('with a mention hands it over for as long as it was to be held', async () => {
    const desk = await locked();

    const answer = await desk.types(`lock production ${sam}`);

    expect(answer.text).toMatch(/^<@U0SAM> has the lock of production now, until /u);
    expect(await held(desk)).toMatchObject([{ owner: 'U0SAM', until: berlin('2026-01-05T18:00') }]);
    expect((await desk.types('lock production until 20:00')).text).toMatch(/<@U0SAM> has locked production/u);
  });

  it('is not handed over by a deployer who does not have it, and by a release manager it is', async () => {
    const desk = await locked();
    await desk.types(`lock production <@U0SAM>`, 'U0SAM');
    const owner = async () => (await held(desk))[0]?.owner;
    expect(await owner()).toBe('U0SAM');

    const { text } = await desk.types('lock production <@U0RAVI>', 'U0MAYA');

    expect(text).toMatch(/^Only release managers may lock production for somebody else/u);
    expect(await owner()).toBe('U0SAM');
  });

  it.each([
    ['U0GUEST', /not a full member of this workspace/u],
    ['U0DORA', /not a full member of this workspace/u],
    ['U0NOBODY', /not a full member of this workspace/u],
    ['U0WEI', /<@U0WEI> cannot have this lock\. Only deployers/u],
  ])('is not handed over to %s, who may not have it', async (to, sentence) => {
    const desk = await locked();

    expect((await desk.types(`lock production <@${to}>`)).text).toMatch(sentence);
    expect(await held(desk)).toMatchObject([{ owner: 'U0MAYA', version: 1 }]);
  });

  it('for somebody else is for release managers to place', async () => {
    const desk = aDesk();
    const words = 'lock production <@U0RAVI> until 18:00 because x';

    expect((await desk.types(words)).text).toMatch(/^Only release managers may lock production/u);
    expect((await desk.types(words, 'U0SAM')).text).toMatch(/^<@U0RAVI> has locked production/u);
    expect(await held(desk)).toMatchObject([{ owner: 'U0RAVI' }]);
  });

  it('for somebody else keeps that person while a form asks for the rest', async () => {
    const desk = aDesk();
    const { form } = await desk.types('lock production <@U0RAVI> because x', 'U0SAM');
    const submission = desk.submission('lock', {}, JSON.parse(form?.private_metadata ?? '{}'));
    const values = {
      environment: { environment: 'production' },
      until: { until: berlin('2026-01-05T18:00') / 1000 },
      why: { why: 'x' },
    };
    await desk.arrives({ ...submission, userId: 'U0SAM', values });

    expect(await held(desk)).toMatchObject([{ owner: 'U0RAVI', until: berlin('2026-01-05T18:00') }]);
  });
});

describe('unlock', () => {
  it.each(['unlock production because it is found', 'unlock L1', 'unlock l1'])(
    '“%s” ends a lock of one’s own, and says who did it for ever',
    async (words) => {
      const desk = await locked();

      expect((await desk.types(words)).words).toMatch(/^The lock of production is over/u);
      expect(await held(desk)).toEqual([]);
      expect((await desk.store.lock('L1'))?.released?.by).toMatchObject({ userId: 'U0MAYA' });
    },
  );

  it('of another is for release managers', async () => {
    const desk = await locked();

    expect((await desk.types('unlock production', 'U0RAVI')).text).toMatch(
      /^Only release managers may lock production for somebody else, or end the lock of another/u,
    );
    expect(await held(desk)).toHaveLength(1);
    await desk.types('unlock production', 'U0SAM');
    expect(await held(desk)).toEqual([]);
  });

  it.each(['unlock', 'unlock api production', 'unlock production staging', 'unlock L1 production'])(
    '“%s” lists what it could mean, and ends nothing',
    async (words) => {
      const desk = await locked();

      const answer = await desk.types(words);

      expect(answer.words).toMatch(/Which lock do you mean\? Nothing was done yet/u);
      expect(await held(desk)).toHaveLength(1);
      await desk.presses('unlock', buttonValue(answer.blocks, 'End L1'));
      expect(await held(desk)).toEqual([]);
    },
  );

  it('by a button that was drawn before the lock changed does nothing, and says how it is', async () => {
    const desk = await locked();
    const { blocks } = await desk.types('unlock');
    await desk.types(`lock production ${sam}`);

    const answer = await desk.presses('unlock', buttonValue(blocks, 'End L1'), 'U0SAM');

    expect(answer.text).toMatch(/^Nothing was done: meanwhile it has changed, <@U0SAM> has production/u);
    expect(await held(desk)).toHaveLength(1);
  });

  it.each([
    ['unlock staging', /Nobody has locked anything there/u],
    ['unlock L9', /There is no lock L9/u],
    ['unlock production until 18:00', /takes no time/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = await locked();

    expect((await desk.types(words)).words).toMatch(sentence);
    expect(await held(desk)).toHaveLength(1);
  });

  it('of one that is over says so', async () => {
    const desk = await locked();
    await desk.types('unlock L1');

    expect((await desk.types('unlock L1')).words).toMatch(/the lock L1 of production is over/u);
  });
});

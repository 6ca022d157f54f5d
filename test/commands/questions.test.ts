import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { ship as shipPolicy } from '../jobs/ship-world.ts';
import { policy } from '../scenarios/company.ts';
import { buttonValue } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

describe('help', () => {
  it.each(['', '   ', 'help', 'HELP me', '\u200B'])(
    '“%s” lists what can be typed, with examples of this company',
    async (words) => {
      const desk = new TestDesk();

      const answer = await desk.types(words);

      expect(answer.words).toContain('`/forge deploy [service]');
      expect(answer.words).toContain(
        '`/forge rollback [service] [environment] [#number] [version] [emergency] [because …]`',
      );
      expect(answer.words).toContain('`/forge rollback api staging`');
    },
  );

  it('tells everything there is, and how to ship where Forge is connected to GitHub', async () => {
    const github = { people: {}, ship: shipPolicy };
    const { words } = await new TestDesk({ policy: { ...policy, github } }).types('help');
    const unconnected = await new TestDesk().types('help');

    const missing = Object.values(commands).filter(({ usage }) => !words.includes(`/forge ${usage}`));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(words).toContain('`/forge ship feature/banner`');
    expect(unconnected.words).not.toContain('`/forge ship feature/banner`');
  });

  it('is also what a reason without a command gets', async () => {
    const desk = new TestDesk();

    expect((await desk.types('because I can')).words).toContain('*What you can type.*');
  });
});

describe('an unknown word', () => {
  it.each([
    ['hepl', /does not know “hepl”\. Did you mean `\/forge help`\? Nothing was done/u],
    ['xyzzyxyzzy', /does not know “xyzzyxyzzy”\. `\/forge help` lists what you can type/u],
    ['do abort or resume it', /Which one do you mean, `abort` or `resume`\? Type its name first/u],
    ['roll back api staging', /does not know “roll”\. Did you mean `\/forge rollback`\? Nothing was done/u],
    ['undo staging', /Did you mean `\/forge rollback`\?/u],
    ['Revert staging', /To put back what was live, type `\/forge rollback`\. Nothing was done/u],
    ['stop #1', /Did you mean `\/forge abort`\?/u],
    ['cancel deploy staging', /Did you mean `\/forge abort`\? Nothing was done/u],
    ['ship deploy staging', /Which service is deploy of\?/u],
    ['promote api', /not there yet.*Nothing was done/u],
    ['constructor', /does not know “constructor”/u],
    ['<@U0SAM|sam>', /does not know “@sam”/u],
  ])('“%s” is answered privately and does nothing', async (words, sentence) => {
    const desk = new TestDesk();

    expect((await desk.types(words)).words).toMatch(sentence);
  });

  it('in the place of a command never lets one further on be carried out', async () => {
    const desk = new TestDesk();

    await desk.types('cancel deploy staging');
    await desk.types('ship deploy staging');

    expect(await desk.store.nextNumber()).toBe(1);
  });

  it.each([3_000, 4_000])('of %i characters is answered in a sentence', async (length) => {
    const desk = new TestDesk();

    const { words } = await desk.types('x'.repeat(length));

    expect(words).toMatch(/does not know “x+…”/u);
    expect(words.length).toBeLessThan(300);
  });
});

describe('whoami', () => {
  it('says who the person is to Forge and what they may use', async () => {
    const desk = new TestDesk();

    const { text } = await desk.types('whoami');

    expect(text).toContain('You are <@U0MAYA>, a full member of this workspace');
    expect(text).toContain('Europe/Berlin');
    expect(text).toContain('`rollback`');
  });

  it('names votes only where the person’s approval would count, and Forge’s own only to admins of all of it', async () => {
    const people: PeoplePolicy = {
      all: { everyone: 'deployer', roles: { 'release-manager': ['U0MAYA'] }, groups: {} },
      environments: { staging: { roles: { admin: ['U0MAYA'] }, groups: {} } },
      services: {},
    };
    const approvals = { needs: [{ from: 'approver', count: 1 }], within: 1, emergencyAlone: false };
    const environments = policy.environments.map((one) =>
      one.name === 'production' ? { ...one, approvals } : one,
    );
    const desk = new TestDesk({ policy: { ...policy, environments, people } });

    const lines = (await desk.types('whoami')).text.split('\n');

    expect(lines.find((line) => line.startsWith('*production*'))).toMatch(
      /`approve`, `reject`.* Your approval counts as approver\. \(roles: deployer, release manager\)$/u,
    );
    expect(lines.find((line) => line.startsWith('*staging*'))).not.toMatch(/`approve`|`reload`/u);
  });
});

describe('status', () => {
  it('says what is live everywhere', async () => {
    const desk = new TestDesk();

    const { words } = await desk.types('status');

    expect(words).toMatch(/## staging\n\*Public API\* \(`api`\).*v1\.0\.0 is live/u);
    expect(words).toMatch(/## production/u);
    expect(words).toMatch(/v1\.0\.0 is live in eu-west-1/u);
  });

  it.each([
    ['status billing-worker', 'Billing worker', 'Public API'],
    ['status staging', '## staging', '## production'],
    ['status of the api in production', '## production', '## staging'],
  ])('“%s” says it of that alone', async (words, shown, hidden) => {
    const desk = new TestDesk();

    const answer = await desk.types(words);

    expect(answer.words).toContain(shown);
    expect(answer.words).not.toContain(hidden);
  });

  it('names the freezes and locks of the places it is about', async () => {
    const desk = new TestDesk();
    await desk.types('freeze production until 18:00 because of the sale');
    await desk.types('lock api staging until 18:00 because x', 'U0SAM');

    expect((await desk.types('status production')).words).toMatch(/F1: Everything in production is frozen/u);
    expect((await desk.types('status api staging')).words).toMatch(
      /L1: .*U0SAM.* has locked api in staging/u,
    );
    expect((await desk.types('status billing-worker staging')).words).not.toMatch(/L1|F1/u);
  });

  it('with a number shows that deployment, with its buttons', async () => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');

    const answer = await desk.types('status #1');

    expect(answer.words).toContain('v1.1.0 is live on Public API in staging (#1)');
    expect(buttonValue(answer.blocks, 'Roll back')).toMatchObject({ deployment: 1 });
  });

  it.each([
    ['status #7', /no deployment #7\. `\/forge history` lists/u],
    ['status #1 #2', /name one deployment; you named #1 and #2/u],
    ['status production #1', /#1 is v1\.1\.0 on api in staging, and you typed “production” too/u],
    ['status 7', /no deployment #7\. `\/forge history` lists/u],
    ['status 1 #2', /name one deployment; you named #2 and #1/u],
    ['history 7', /type its number with the sign: `\/forge status #7`/u],
    ['status stagin', /Did you mean `staging`\?/u],
    [
      'status everything',
      /no service or environment called “everything”\. Known are `api`, `billing-worker`, `staging`/u,
    ],
    ['status billing-worker production', /billing-worker does not run in production/u],
    ['status staging production', /Name one service or one environment/u],
    ['status us-east-1', /about all regions/u],
    ['status canary', /takes no strategy/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = new TestDesk();
    await desk.types('deploy staging');

    expect((await desk.types(words)).words).toMatch(sentence);
  });

  it('never calls unknown what AWS does not say', async () => {
    const desk = new TestDesk();
    desk.world.platform.break({ method: 'live', kind: 'unavailable' });

    const { words } = await desk.types('status billing-worker');

    expect(words).toContain('Unknown');
    expect(words).not.toContain('v1.0.0');
  });
});

describe('history', () => {
  it('is a page at a time, and its buttons go on and show one', async () => {
    const desk = new TestDesk();
    for (let number = 1; number <= 7; number += 1) {
      await desk.types('deploy api staging v1.1.0');
      await desk.happens(number, { type: 'refused', reason: 'not now' });
    }

    const first = await desk.types('history api staging');
    const older = buttonValue(first.blocks, 'Older');
    const second = await desk.presses('history', older);
    const shown = await desk.presses('status', buttonValue(second.blocks, 'Show'));

    expect(numbers(first.words)).toEqual([7, 6, 5, 4, 3]);
    expect(older).toEqual({ service: 'api', environment: 'staging', before: 3 });
    expect(numbers(second.words)).toEqual([2, 1]);
    expect(second.words).toContain('That is all.');
    expect(shown.words).toContain('(#2)');
  });

  it('of a place without any says how to make the first', async () => {
    const desk = new TestDesk();

    expect((await desk.types('history')).words).toContain('there are none yet');
  });

  it.each([
    ['history #3', /takes no deployment number\. To see one deployment, type `\/forge status #3`/u],
    ['history billing-wroker', /Did you mean `billing-worker`\?/u],
    ['history us-east-1', /about all regions/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = new TestDesk();

    expect((await desk.types(words)).words).toMatch(sentence);
  });
});

function numbers(words: string): number[] {
  return [...words.matchAll(/\*#(\d+)\*/gu)].map(([, number]) => Number(number));
}

import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { aPeoplePolicy } from '../builders.ts';
import { policy as company } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

const inStaging = { service: 'api', environment: 'staging' };

function aDesk(): TestDesk {
  return new TestDesk({
    policy: {
      ...company,
      environments: company.environments.map((one) =>
        one.name === 'staging' ? { ...one, triggers: { push: 'main' } } : one,
      ),
      github: {
        ...{ triggers: { kind: 'webhook' }, people: {} },
        ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
      },
    },
  });
}

const resumeButtons = (blocks: unknown) =>
  buttonsIn(blocks).filter(({ action_id }) => action_id === 'automatic').length;
const hold = (desk: TestDesk) => desk.store.automaticHold(inStaging);

describe('automatic', () => {
  it.each(['automatic staging off because of the audit', 'automatic off api staging because of the audit'])(
    '“%s” holds what is pushed, and says how to go on',
    async (words) => {
      const desk = aDesk();

      const answer = await desk.types(words);

      expect(answer.words).toMatch(/^Automatic deployments of api to staging are held\./u);
      expect(answer.words).toContain('/forge automatic staging api on');
      expect(await hold(desk)).toMatchObject({ by: { userId: 'U0MAYA' }, why: 'of the audit' });
    },
  );

  it('on lets it go on, and says that nothing was pushed meanwhile', async () => {
    const desk = aDesk();
    await desk.types('automatic staging off');

    const answer = await desk.types('automatic staging on', 'U0SAM');

    expect(answer.words).toBe('Automatic deployments of api to staging go on. Nothing was pushed meanwhile.');
    expect(await hold(desk)).toBeUndefined();
    expect(await desk.store.hold('H1')).toMatchObject({ ended: { by: { userId: 'U0SAM' } } });
  });

  it('without on or off says how it stands, with the button while it is held', async () => {
    const desk = aDesk();
    expect((await desk.types('automatic staging')).words).toContain('are on.');
    await desk.types('automatic staging off');

    const answer = await desk.types('automatic staging', 'U0SAM');

    expect(answer.words).toMatch(/are held since .*, by @U0MAYA/u);
    expect(answer.words).toContain('[ Resume automatic deployments ]');
  });

  it('is told by status, with the button for those who may resume it', async () => {
    const desk = aDesk();
    expect((await desk.types('status staging')).words).not.toContain('Automatic deployments');
    await desk.types('automatic staging off because of the audit');

    const { words, blocks } = await desk.types('status staging');

    expect(words).toMatch(
      /Automatic deployments of api to staging are held since .*, by @U0MAYA[\s\S]*of the audit/u,
    );
    expect(resumeButtons(blocks)).toBe(1);
    expect((await desk.types('status production')).words).not.toContain('Automatic deployments');
  });

  it('is told without a button to those who may not, and where Slack does not say whether they may', async () => {
    const people = aPeoplePolicy({
      everyone: 'viewer',
      roles: { deployer: ['S0DEPLOYERS'], responder: ['U0SAM'] },
    });
    const desk = new TestDesk({ policy: { ...aDesk().desk.forge.policy, people } });
    await desk.types('automatic staging off', 'U0SAM');

    const { words, blocks } = await desk.types('status staging');

    expect(words).toContain('are held since');
    expect(resumeButtons(blocks)).toBe(0);
  });

  it('has a button that ends the hold it was shown for, and no later one', async () => {
    const desk = aDesk();
    await desk.types('automatic staging off');
    const value = { ...inStaging, on: true, hold: 'H1' };
    await desk.presses('automatic', value);
    await desk.types('automatic staging off');

    const late = await desk.presses('automatic', value, 'U0SAM');

    expect(late.words).toContain('is over: @U0MAYA ended it. Nothing was done.');
    expect(await hold(desk)).toMatchObject({ id: 'H2' });
  });

  it.each([
    ['automatic off', 'name one environment'],
    ['automatic staging on off', 'name one environment'],
    ['automatic staging production off', 'name one environment'],
    ['automatic stagin off', 'Did you mean `staging`?'],
    ['automatic production api off', 'Nothing is deployed to production by itself'],
    ['automatic staging on', 'are not held. Nothing was done.'],
  ])('“%s” is refused', async (words, refusal) => {
    const desk = aDesk();

    expect((await desk.types(words)).words).toContain(refusal);
    expect(await hold(desk)).toBeUndefined();
  });

  it('is not held twice', async () => {
    const desk = aDesk();
    await desk.types('automatic staging off');

    expect((await desk.types('automatic staging off')).words).toContain(
      'are held already. Nothing was done.',
    );
  });

  it('is for those to stop who may pause a deployment, and for those to let go on who may deploy', async () => {
    const responders = { everyone: 'responder', roles: { deployer: ['U0SAM'] } } as const;
    const desk = new TestDesk({
      policy: { ...aDesk().desk.forge.policy, people: aPeoplePolicy(responders) },
    });

    await desk.types('automatic staging off');
    const refused = await desk.types('automatic staging on');
    expect(refused.words).toContain('Only deployers');
    expect(await hold(desk)).toMatchObject({ id: 'H1' });

    await desk.types('automatic staging on', 'U0SAM');
    expect(await hold(desk)).toBeUndefined();
  });

  it('is on every Home that shows it, from the moment it is held', async () => {
    const desk = aDesk();
    const stop = new AbortController();
    const kept = expect(desk.desk.homes.keep(stop.signal)).rejects.toThrow('over');
    await desk.opensHome('U0SAM');
    await desk.clock.advance(5_000);

    await desk.types('automatic staging off because of the audit');
    await desk.clock.advance(10_000);
    const held = desk.homes.at(-1);
    await desk.types('automatic staging on');
    await desk.clock.advance(10_000);
    stop.abort(new Error('over'));
    await kept;

    expect(held?.words).toMatch(/are held since .*, by @U0MAYA/u);
    expect(resumeButtons(held?.home.blocks)).toBe(1);
    expect(desk.homes.at(-1)?.words).not.toContain('are held');
  });
});

import { describe, expect, it } from 'vitest';
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

    expect(answer.words).toContain('are held by @U0MAYA');
    expect(answer.words).toContain('[ Resume automatic deployments ]');
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
});

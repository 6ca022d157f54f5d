import { describe, expect, it } from 'vitest';
import { release } from '../scenarios/company.ts';
import { choices, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

describe('deploy in words', () => {
  it.each([
    'deploy staging',
    'DEPLOY Staging',
    'deploy api staging',
    'deploy staging api',
    'staging deploy',
    'deploy the api to staging now please',
    'please deploy to staging',
    'deploy api api staging staging',
    'deploy api staging v1.1.0',
    'deploy v1.1.0 staging',
    'deploy 1.1.0 to api in staging',
    'deploy api staging main',
    `deploy staging ${'b'.repeat(7)}`,
    `deploy staging ${'b'.repeat(40)}`,
    'deploy staging rolling',
    'de\u200Bploy staging\u202E',
    'deploy staging `v1.1.0`',
    'deploy “staging” – v1.1.0.',
    'deploy\u00A0staging\u202Fv1.1.0',
  ])('“%s” deploys v1.1.0 of the api to staging', async (words) => {
    const desk = new TestDesk();

    const answer = await desk.types(words);

    expect(answer.words).toBe(
      'Deployment #1 of Public API to staging has begun. Its message in #C0DEPLOYS shows how it goes.',
    );
    expect(await desk.store.deployment(1)).toMatchObject({
      service: 'api',
      environment: 'staging',
      plan: { to: { version: 'v1.1.0' } },
      requestedBy: { kind: 'person', userId: 'U0MAYA', via: 'command' },
    });
  });

  it('keeps the reason as it stood on the screen', async () => {
    const desk = new TestDesk();

    await desk.types('deploy staging because <@U0LENA|lena> approved fish &amp; chips');

    expect(await desk.store.deployment(1)).toMatchObject({ why: '@lena approved fish & chips' });
  });

  it.each([
    { words: 'deploy', known: {} },
    { words: 'deploy api', known: { service: 'api' } },
    { words: 'deploy production', known: { service: 'api', environment: 'production' }, deploys: true },
    { words: 'deploy v1.1.0', known: { ref: 'v1.1.0' } },
    {
      words: 'deploy billing-worker v1.1.0 because it is time',
      known: { service: 'billing-worker', ref: 'v1.1.0', why: 'it is time' },
    },
  ])('“$words” asks for what is missing, with what is known filled in', async ({ words, known, deploys }) => {
    const desk = new TestDesk();

    const { form } = await desk.types(words);

    expect(form === undefined).toBe(deploys === true);
    expect(initialValues(form)).toEqual(deploys === true ? {} : known);
    expect(await desk.store.nextNumber()).toBe(deploys === true ? 2 : 1);
  });

  it.each([
    ['deploy api perimeter because it is time', { service: 'api', why: 'it is time' }],
    ['deploy perimeter', {}],
  ])(
    '“%s” names the word that is no environment, and does not take it for a release',
    async (words, known) => {
      const desk = new TestDesk();

      const { form } = await desk.types(words);

      expect(formWords(form)).toMatch(
        /There is no environment called perimeter\. Known: staging, production, playground\..*if `perimeter` is a release, type it below/u,
      );
      expect(initialValues(form)).toEqual(known);
    },
  );

  it('takes the branch of an environment for a release where no environment was named', async () => {
    const desk = new TestDesk();

    const { form } = await desk.types('deploy api main');

    expect(initialValues(form)).toEqual({ service: 'api', ref: 'main' });
  });

  it.each([
    {
      words: 'deploy staging production v1.1.0',
      asks: /`staging` or `production`\?/u,
      known: { ref: 'v1.1.0' },
    },
    {
      words: 'deploy api billing-worker staging',
      asks: /`api` or `billing-worker`\?/u,
      known: { environment: 'staging' },
    },
    {
      words: 'deploy api staging v1.0.0 v1.1.0 because both',
      asks: /v1\.0\.0` and `v1\.1\.0` could each be the release/u,
      known: { service: 'api', environment: 'staging', why: 'both' },
    },
  ])('“$words” asks which, and leaves the field in doubt open', async ({ words, asks, known }) => {
    const desk = new TestDesk();

    const { form } = await desk.types(words);

    expect(formWords(form)).toMatch(asks);
    expect(initialValues(form)).toEqual(known);
    expect(await desk.store.nextNumber()).toBe(1);
  });

  it('asks when the environment is also the name of a release', async () => {
    const desk = new TestDesk();
    desk.world.sourceControl.add({ release: release('v2.0.0', 'c'), branch: 'staging' });

    const { form } = await desk.types('deploy staging');

    expect(formWords(form)).toContain('`staging` is an environment and also a release of Public API');
    expect(choices(form, 'ref')).toEqual(['main', 'staging']);
    expect(initialValues(form)).toEqual({ service: 'api', environment: 'staging' });
  });

  it('asks which release a short commit means, and what was typed stays typed', async () => {
    const desk = new TestDesk();
    desk.world.sourceControl.add({
      release: { ...release('v3.0.0', 'c'), commit: `bbbbbbb${'d'.repeat(33)}` },
      branch: 'other',
    });

    const { form } = await desk.types('deploy staging bbbbbbb because of speed');

    expect(formWords(form)).toContain('“bbbbbbb” could be any of these releases');
    expect(choices(form, 'ref')).toEqual([`bbbbbbb${'d'.repeat(33)}`, 'b'.repeat(40)]);
    expect(initialValues(form)).toEqual({ service: 'api', environment: 'staging', why: 'of speed' });
  });

  it('says in words what it would have asked when the form cannot open any more', async () => {
    const desk = new TestDesk();
    desk.opening = 'expired';

    const { words } = await desk.types('deploy api');

    expect(words).toMatch(
      /Something is missing.*not let Forge open its form in time, so nothing was done.*`\/forge deploy api staging`/u,
    );
  });

  it.each([
    [
      'deploy api stagin',
      /no service or environment called “stagin”\. Did you mean `staging`\? Nothing was done/u,
    ],
    ['deploy api v1.1.0 stagign', /Did you mean `staging`\?/u],
    ['deploy apii staging', /no service and no release of Public API called “apii”.*the service `api`\?/u],
    ['deplyo staging', /does not know “deplyo”\. Did you mean `\/forge deploy`\? Nothing was done/u],
    ['deploy billing-worker production', /Billing worker does not run in production\. It runs in: staging/u],
    ['deploy staging canary', /runs on one ECS service, and canary needs two/u],
    ['deploy staging us-east-1', /about all regions of an environment.*Leave out us-east-1/u],
    ['deploy staging #12', /#12 is a deployment, not a release.*`\/forge status #12`/u],
    ['deploy staging v9.9.9', /no release called “v9\.9\.9”\. The newest are v1\.1\.0, v1\.0\.0/u],
    ['deploy staging v1.0.0', /v1\.0\.0 is live on Public API in staging already/u],
    ['deploy staging <!channel>', /no release called “@channel”/u],
    ['deploy staging &lt;!channel&gt;', /one word of letters, digits/u],
    ['deploy staging v1.1.0`x', /one word of letters, digits/u],
    [`deploy staging ${'v'.repeat(101)}`, /at most 100 characters/u],
    [`deploy staging ${'v'.repeat(4000)}`, /at most 100 characters/u],
    ['deploy staging because', /no reason after “because”/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = new TestDesk();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(sentence);
    expect(answer.form).toBeUndefined();
    expect(await desk.store.nextNumber()).toBe(1);
  });

  it('is refused while another deployment is at it, saying whose', async () => {
    const desk = new TestDesk();
    await desk.types('deploy staging', 'U0SAM');

    const answer = await desk.types('deploy staging v1.1.0');

    expect(answer.text).toContain('<@U0SAM> is about to deploy v1.1.0 to Public API in staging (#1)');
    expect(answer.text).toContain('`/forge abort #1`');
  });

  it('is refused when the image has not been pushed to a region yet', async () => {
    const desk = new TestDesk();
    desk.world.sourceControl.add({
      release: release('v1.2.0', 'd'),
      branch: 'main',
      missingIn: ['eu-west-1'],
    });

    const answer = await desk.types('deploy api production');

    expect(answer.words).toContain('The image of v1.2.0 is not in eu-west-1 yet. Nothing was changed.');
  });

  it.each([
    { silent: 'source control', words: 'deploy staging' },
    { silent: 'source control', words: 'deploy staging v1.1.0' },
    { silent: 'platform', words: 'deploy staging' },
  ])('says that nothing was done when the $silent does not answer', async ({ silent, words }) => {
    const desk = new TestDesk();
    desk.world.sourceControl.silence(silent === 'source control');
    if (silent === 'platform') desk.world.platform.break({ method: 'live', kind: 'unavailable' });

    const asking = desk.types(words);
    await desk.clock.advance(25_000);
    const answer = await asking;

    expect(answer.words).toMatch(
      /AWS does not answer at the moment\. Nothing was done; try again in a minute/u,
    );
    expect(await desk.store.nextNumber()).toBe(1);
  });

  it('says what AWS refuses, and that nothing was done', async () => {
    const desk = new TestDesk();
    desk.world.platform.break({ method: 'live', kind: 'refused' });

    const answer = await desk.types('deploy staging');

    expect(answer.words).toBe('The platform refuses live. Nothing was done.');
  });
});

import { describe, expect, it } from 'vitest';
import { type Additions, withCode } from './code-text.ts';
import { sentences, valid } from './policy-text.ts';

const github = (text: string): Additions => ({ sections: `github: ${text}\n` });
const runner = (text: string): Additions => ({ sections: `runner: ${text}\n` });

const usualShip = {
  base: 'main',
  labels: ['refactoring', 'ai-generated', 'forge-factory'],
  reviewers: 'codeowners',
  merge: 'squash',
  reviews: 1,
};

describe('what a policy file says of GitHub', () => {
  it('may be nothing: then there is neither GitHub nor a runner', () => {
    const policy = valid(withCode({ sections: '' }));

    expect(policy).not.toHaveProperty('github');
    expect(policy).not.toHaveProperty('runner');
  });

  it('may be next to nothing: then nothing is deployed without a person, and shipping is as usual', () => {
    expect(valid(withCode(github('{}'))).github).toEqual({ people: {}, ship: usualShip });
  });

  it('may be all there is to say', () => {
    const text = `{ triggers: polling, poll every: 1m, people: { Octo-Cat: U0SAM }, ship: { base: develop, labels: [change], reviewers: [octocat, acme/backend], merge: rebase, reviews: 2, then: production } }`;

    const policy = valid(withCode(github(text))).github;

    expect(policy).toMatchObject({
      triggers: { kind: 'polling', pollEvery: 60_000 },
      people: { 'octo-cat': 'U0SAM' },
      ship: {
        ...{ base: 'develop', labels: ['change'], reviewers: ['octocat', 'acme/backend'] },
        ...{ merge: 'rebase', reviews: 2 },
      },
    });
    expect(policy?.ship.then).toBe('production');
  });

  it('polls every half minute where nobody says how often', () => {
    expect(valid(withCode(github('{ triggers: polling }'))).github?.triggers).toEqual({
      kind: 'polling',
      pollEvery: 30_000,
    });
  });

  it('says what is deployed by itself, in each environment', () => {
    const deploys = '{ branch: main, on push: "release/**", on tag: "v*" }';

    const { environments } = valid(withCode({ deploys }));

    expect(environments.map(({ triggers }) => triggers)).toEqual([
      undefined,
      { push: 'release/**', tag: 'v*' },
    ]);
  });

  it('says which workflow makes an image', () => {
    const [api] = valid(
      withCode({ service: ['build: { workflow: deploy.yml, ref: develop, within: 5m }'] }),
    ).services;
    const [usual] = valid(withCode({ service: ['build: { workflow: deploy.yml }'] })).services;

    expect(api?.build).toEqual({ workflow: 'deploy.yml', ref: 'develop', within: 300_000 });
    expect(usual?.build).toEqual({ workflow: 'deploy.yml', ref: 'main', within: 1_800_000 });
  });

  it.each<{ what: string; of: Additions; problem: string }>([
    {
      what: 'a way to hear of pushes there is not',
      of: github('{ triggers: pigeon }'),
      problem:
        'github.triggers: "pigeon" is no way to hear of pushes. Write webhook (GitHub tells Forge) or polling',
    },
    {
      what: 'how often to ask where GitHub tells',
      of: github('{ triggers: webhook, poll every: 30s }'),
      problem: 'github."poll every": It has no effect here. Remove it, or write triggers: polling.',
    },
    {
      what: 'polling without a breath',
      of: github('{ triggers: polling, poll every: 10ms }'),
      problem: 'github."poll every": GitHub would not stand that for long. Write 1s or more.',
    },
    {
      what: 'a person by name',
      of: github('{ people: { octocat: "@sam" } }'),
      problem: 'github.people.octocat: "@sam" is not the id of a person in Slack.',
    },
    {
      what: 'a login that is none',
      of: github('{ people: { "octo cat": U0SAM } }'),
      problem: '"octo cat" is not what anybody is called on GitHub.',
    },
    {
      what: 'a merge there is not',
      of: github('{ ship: { merge: fast } }'),
      problem: 'github.ship.merge: "fast" is no way to merge. Write merge, squash or rebase.',
    },
    {
      what: 'too many reviews',
      of: github('{ ship: { reviews: 99 } }'),
      problem: 'github.ship.reviews: Write a whole number of people, from 0 to 6.',
    },
    {
      what: 'reviewers that are none',
      of: github('{ ship: { reviewers: everybody } }'),
      problem: 'github.ship.reviewers: "everybody" names nobody. Write codeowners, or a list of logins',
    },
    {
      what: 'an unknown environment to go to',
      of: github('{ ship: { then: producton } }'),
      problem: 'github.ship.then: There is no environment called `producton`. Did you mean `production`?',
    },
    {
      what: 'an unknown key',
      of: github('{ trigers: webhook }'),
      problem: 'github.trigers: Nothing here is called `trigers`. Did you mean `triggers`?',
    },
    {
      what: 'triggers that nobody hears of',
      of: { deploys: '{ branch: main, on tag: "v*" }', ...github('{}') },
      problem:
        'environments.production.deploys."on tag": Forge does not hear of pushes yet. Add github: { triggers: webhook }',
    },
    {
      what: 'a pattern no branch can fit',
      of: { deploys: '{ branch: main, on push: "feature/[a-z]*" }' },
      problem:
        'environments.production.deploys."on push": No branch can be called "feature/[a-z]*", so nothing would ever be deployed. Only * and ** are special here.',
    },
    {
      what: 'a pattern with a place in front',
      of: { deploys: '{ branch: main, on tag: refs/tags/v* }' },
      problem: 'environments.production.deploys."on tag": Leave out refs/heads/ and refs/tags/',
    },
    {
      what: 'the key of a tag',
      of: { deploys: '{ branch: main, tag: "v*" }' },
      problem:
        'environments.production.deploys.tag: Tags are deployed by themselves: write { branch: main, on tag: "v*" }.',
    },
    {
      what: 'a build without GitHub',
      of: { service: ['build: { workflow: deploy.yml }'], sections: '' },
      problem: 'services.api.build: GitHub is to build the image. Add github: {} at the top of the file.',
    },
    {
      what: 'a workflow by its path',
      of: { service: ['build: { workflow: .github/workflows/deploy.yml }'] },
      problem:
        'services.api.build.workflow: ".github/workflows/deploy.yml" is not the file name of a GitHub workflow.',
    },
  ])('is refused with its place and what to do: $what', ({ of, problem }) => {
    expect(sentences(withCode(of))).toEqual([expect.stringContaining(problem)]);
  });
});

describe('the runner of a policy file', () => {
  it.each([
    [
      '{ isolation: bubblewrap }',
      { isolation: 'bubblewrap', network: 'none', reach: ['registry.npmjs.org'], atOnce: 2 },
    ],
    [
      '{ isolation: bubblewrap, reach: ["*", "*.acme.example", npm.acme.internal:8443] }',
      {
        ...{ isolation: 'bubblewrap', network: 'none', atOnce: 2 },
        reach: ['*', '*.acme.example', 'npm.acme.internal:8443'],
      },
    ],
    [
      '{ isolation: user, user: forge-runner, network: open }',
      { isolation: 'user', user: 'forge-runner', network: 'open', atOnce: 1 },
    ],
    ['{ isolation: none, network: open }', { isolation: 'none', network: 'open', atOnce: 2 }],
    [
      '{ isolation: bubblewrap, user: forge-runner, at once: 4, folder: /var/lib/forge }',
      {
        ...{ isolation: 'bubblewrap', network: 'none', reach: ['registry.npmjs.org'], atOnce: 4 },
        ...{ user: 'forge-runner', folder: '/var/lib/forge' },
      },
    ],
  ])('is read: %s', (text, policy) => {
    expect(valid(withCode(runner(text))).runner).toEqual(policy);
  });

  it.each([
    ['{}', 'runner.isolation: Say what keeps the code of a branch away from Forge. Write bubblewrap'],
    ['{ isolation: docker }', 'runner.isolation: "docker" is no isolation. Write bubblewrap'],
    ['{ isolation: user, network: open }', 'runner.isolation: Say which user. Add user: forge-runner'],
    [
      '{ isolation: user, user: forge-runner }',
      'runner.isolation: Another user of this machine reaches the same network as Forge. Add network: open',
    ],
    [
      '{ isolation: none }',
      'runner.isolation: A command without isolation reaches the same network as Forge.',
    ],
    [
      '{ isolation: none, network: open, user: forge-runner }',
      'runner.user: Without isolation commands run as Forge itself. Remove the user',
    ],
    [
      '{ isolation: user, user: forge-runner, network: open, at once: 3 }',
      'runner."at once": Commands of one user could read each other, so one runs at a time.',
    ],
    [
      '{ isolation: bubblewrap, reach: ["https://registry.npmjs.org"] }',
      'runner.reach[0]: "https://registry.npmjs.org" is not a host that commands may reach. Write its name like',
    ],
    [
      '{ isolation: none, network: open, reach: [registry.npmjs.org] }',
      'runner.reach: Only bubblewrap keeps commands from other hosts than these.',
    ],
    ['{ isolation: bubblewrap, network: some }', 'runner.network: "some" is no network.'],
    ['{ isolation: bubblewrap, folder: runs }', 'runner.folder: "runs" is not a folder of this machine.'],
    ['{ isolation: bubblewrap, at once: 0 }', 'runner."at once": Write a whole number from 1 to 16.'],
    ['{ isolation: bubblewrap, usr: x }', 'runner.usr: Nothing here is called `usr`. Did you mean `user`?'],
  ])('is refused in words: %s', (text, problem) => {
    expect(sentences(withCode(runner(text)))).toEqual([expect.stringContaining(problem)]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Additions, withCode } from './code-text.ts';
import { sentences } from './policy-text.ts';

const noRunner = 'github: { triggers: webhook }\n';
const noGithub = 'runner: { isolation: bubblewrap }\n';

type Mistake = { what: string; of: Additions; problem: string };

const mistakes: Mistake[] = [
  {
    what: 'a check that looks at nothing',
    of: { checks: ['{ name: Unit tests }'] },
    problem:
      'forge.yml:13:9 services.api.checks[0]: Nothing here says what is looked at. Write "defaults for node", or one check such as { name: Unit tests, run: npm test }',
  },
  {
    what: 'a check that looks at two things',
    of: { checks: ['{ name: CI, github: build, run: npm test }'] },
    problem: 'services.api.checks[0].github: A check looks at one thing, and this one has `run` already.',
  },
  {
    what: 'a key of another kind of check',
    of: { checks: ['{ github: build, override: admins }'] },
    problem: 'services.api.checks[0].override: `override` means nothing beside `github`. Remove it.',
  },
  {
    what: 'a misspelt key of a check',
    of: { checks: ['{ github: build, acepts: [skipped] }'] },
    problem: 'services.api.checks[0].acepts: Nothing here is called `acepts`. Did you mean `accepts`?',
  },
  {
    what: 'words that are no check',
    of: { checks: ['defaults for nodes'] },
    problem: 'services.api.checks[0]: "defaults for nodes" is not a check. Write "defaults for node"',
  },
  {
    what: 'a command without a name',
    of: { checks: ['{ run: npm test }'] },
    problem: 'services.api.checks[0].name: Add a name: what people call the check',
  },
  {
    what: 'a command of several lines',
    of: { checks: ['{ name: Tests, run: "npm test\\nrm -rf /" }'] },
    problem: 'is not a command. Write it as you would type it in the repository, on one line',
  },
  {
    what: 'a time without a unit',
    of: { checks: ['{ github: build, within: 30 }'] },
    problem: 'services.api.checks[0].within: 30 is not a length of time.',
  },
  {
    what: 'too much output',
    of: { checks: ['{ name: Tests, run: npm test, output limit: 1 GB }'] },
    problem:
      'services.api.checks[0]."output limit": "1 GB" is not an amount of text. Write a whole number with its unit, like 200 KB or 1 MB',
  },
  {
    what: 'a failure that counts as passed',
    of: { checks: ['{ github: build, accepts: [failed] }'] },
    problem: 'services.api.checks[0].accepts[0]: "failed" cannot count as passed. Write neutral or skipped',
  },
  {
    what: 'an image that is switched off',
    of: { checks: ['{ image: no }'] },
    problem:
      'services.api.checks[0].image: "no" says nothing here. Write image: yes, or leave the whole check out.',
  },
  {
    what: 'a scan without limits',
    of: { checks: ['{ scan: {} }'] },
    problem: 'services.api.checks[0].scan: Name at least one severity. Write { critical: 0, high: 0 }',
  },
  {
    what: 'a severity there is not',
    of: { checks: ['{ scan: { sevre: 0 } }'] },
    problem: 'services.api.checks[0].scan.sevre: Nothing here is called `sevre`.',
  },
  {
    what: 'fewer findings than none',
    of: { checks: ['{ scan: { critical: -1 } }'] },
    problem: 'services.api.checks[0].scan.critical: Write a whole number of findings, 0 or more.',
  },
  {
    what: 'an override by a role there is not',
    of: { checks: ['{ scan: { critical: 0 }, override: bosses }'] },
    problem:
      'services.api.checks[0].override: "bosses" is not a role. Write one of viewers, responders, deployers',
  },
  {
    what: 'an override by a role nobody has',
    of: { checks: ['{ scan: { critical: 0 }, override: release-managers }'] },
    problem:
      'services.api.checks[0].override: Nobody is named for this role, for api in production. Add release-managers under `people`',
  },
  {
    what: 'a box nobody may tick',
    of: { there: ['{ box: Flags are set, by: approvers }'] },
    problem:
      'environments.production.checks[0].by: Nobody is named for this role, for api in production. Add approvers under `people`',
  },
  {
    what: 'a release to be proven in an unknown environment',
    of: { there: ['{ staged: stagin }'] },
    problem:
      'environments.production.checks[0].staged: There is no environment called `stagin`. Did you mean `staging`?',
  },
  {
    what: 'a release to be proven where it is to go',
    of: { there: ['{ staged: production }'] },
    problem:
      'environments.production.checks[0].staged: Nothing could ever be the first to be deployed to production.',
  },
  {
    what: 'a service that wants itself to be proven in staging, also on the way there',
    of: { checks: ['{ staged: staging }'] },
    problem: 'services.api.checks[0].staged: Nothing could ever be the first to be deployed to staging.',
  },
  {
    what: 'files outside of the repository',
    of: { checks: ['{ migrations safe: ../**/*.sql }'] },
    problem: 'services.api.checks[0]."migrations safe": "../**/*.sql" is not a pattern of files.',
  },
  {
    what: 'several changelogs',
    of: { checks: ['{ changelog: "*.md" }'] },
    problem: 'services.api.checks[0].changelog: Name one file here.',
  },
  {
    what: 'two checks of one name',
    of: { checks: ['{ github: Build }', 'defaults for node'] },
    problem:
      'services.api.checks[1]: A deployment of api to production has two checks called Build, and people could not tell them apart.',
  },
  {
    what: 'a check of the environment with the name of one of the service',
    of: { checks: ['{ image: yes }'], there: ['{ name: image, github: build }'] },
    problem:
      'environments.production.checks[0]: A deployment of api to production has two checks called image',
  },
  {
    what: 'a command with nowhere to run',
    of: { checks: ['defaults for node'], sections: noRunner },
    problem:
      'services.api.checks[0]: There is nowhere to run this command. Add runner: { isolation: bubblewrap } at the top of the file',
  },
  {
    what: 'a check on GitHub without GitHub',
    of: { checks: ['{ github: build }'], sections: noGithub },
    problem: 'services.api.checks[0]: Forge must ask GitHub for this. Add github: {} at the top of the file.',
  },
  {
    what: 'a command whose code nobody can fetch',
    of: { checks: ['{ name: Tests, run: npm test }'], sections: noGithub },
    problem: 'services.api.checks[0]: Forge must ask GitHub for this.',
  },
];

describe('a mistake in the checks of a policy file', () => {
  it.each(mistakes)('is told with its place and what to do: $what', ({ of, problem }) => {
    expect(sentences(withCode(of))).toEqual([expect.stringContaining(problem)]);
  });

  it('never hides another one', () => {
    const text = withCode({
      checks: ['defaults for node'],
      there: ['{ staged: nowhere }', '{ box: Told, by: approvers }'],
      sections: 'runner: { isolation: user }\n',
    });

    expect(sentences(text).map((sentence) => sentence.split(' ')[1])).toEqual([
      'services.api.checks[0]:',
      'environments.production.checks[0].staged:',
      'environments.production.checks[1].by:',
      'runner.isolation:',
      'runner.isolation:',
    ]);
  });
});

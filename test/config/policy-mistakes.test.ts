import { describe, expect, it } from 'vitest';
import { changed, good, sentences } from './policy-text.ts';

describe('a mistake in a policy file', () => {
  it.each([
    {
      what: 'a smoke test that is none',
      text: changed('"GET /health is 200"', '"GET health"'),
      problem:
        'forge.yml:11:13 services.api.smoke[0]: "GET health" is not a smoke test. Write it like "GET /health is 200"',
    },
    {
      what: 'a body expected of HEAD',
      text: changed('"HEAD / is 301"', '"HEAD / contains ok"'),
      problem: 'services.api.smoke[1]: "HEAD / contains ok" is not a smoke test',
    },
    {
      what: 'an unknown placeholder in a smoke test',
      text: changed('{version} now', '{digest}'),
      problem: 'services.api.smoke[2]: "GET /version contains {digest}" is not a smoke test',
    },
    {
      what: 'a misspelt key',
      text: changed('repository: acme/api', 'repositry: acme/api'),
      problem:
        'forge.yml:9:5 services.api.repositry: Nothing here is called `repositry`. Did you mean `repository`?',
    },
    {
      what: 'a key nothing is near to',
      text: changed('    strategy: rolling', '    strategy: rolling\n    xyzzy: 1'),
      problem: 'environments.staging.xyzzy: Nothing here is called `xyzzy`. Known here: `channel`',
    },
    {
      what: 'a missing key',
      text: changed('    title: Public API\n', ''),
      problem: 'forge.yml:6:3 services.api.title: Add a title. Say what people call the service',
    },
    {
      what: 'a missing section',
      text: changed('people:\n  admins: [U0SAM]\n', ''),
      problem: 'people: Add this group of keys.',
    },
    {
      what: 'nobody to tell',
      text: changed('[U0SAM]', '[]'),
      problem: 'people.admins: Name at least one person',
    },
    {
      what: 'a list in the place of a group',
      text: changed('people:\n  admins: [U0SAM]', 'people: [U0SAM]'),
      problem: 'forge.yml:3:9 people: a list stands where a group of keys belongs.',
    },
    {
      what: 'an account number without quotes',
      text: changed('"111111111111"', '111111111111'),
      problem:
        'forge.yml:2:23 aws.staging.account: 111111111111 is not an AWS account number. Write its 12 digits in quotes',
    },
    {
      what: 'a person by name',
      text: changed('[U0SAM]', '["@sam"]'),
      problem: 'people.admins[0]: "@sam" is not a person or a user group',
    },
    {
      what: 'a channel by name',
      text: changed('C0DEPLOYS', '"#deploys"'),
      problem: 'environments.staging.channel: "#deploys" is not the id of a Slack channel',
    },
    {
      what: 'a pattern in the place of a branch',
      text: changed('branch: main', 'branch: "feature/*"'),
      problem: 'environments.staging.deploys.branch: "feature/*" is not the name of one branch',
    },
    {
      what: 'a branch whose name no command takes',
      text: changed('branch: main', `branch: ${'b'.repeat(101)}`),
      problem: 'Write it like main, at most 100 characters long',
    },
    {
      what: 'an image without the commit',
      text: changed('/api:git-{commit}', '/api:latest'),
      problem:
        'services.api.image: "{account}.dkr.ecr.{region}.amazonaws.com/api:latest" is not an image template. It names a repository of an ECR registry in lower case and ends in a tag with {commit}',
    },
    {
      what: 'an image with an unknown placeholder',
      text: changed('/api:git-{commit}', '/{name}:git-{commit}'),
      problem: 'services.api.image: ',
    },
    {
      what: 'an image of another registry',
      text: changed('{account}.dkr.ecr.{region}.amazonaws.com/api', 'ghcr.io/acme/api'),
      problem:
        'forge.yml:10:12 services.api.image: "ghcr.io/acme/api:git-{commit}" is not an image template. It names a repository of an ECR registry',
    },
    {
      what: 'an image with upper-case letters in its repository',
      text: changed('/api:git', '/Api:git'),
      problem: 'services.api.image: ',
    },
    {
      what: 'an image of one region for a service that runs in another',
      text: changed('{account}.dkr.ecr.{region}', '111111111111.dkr.ecr.us-east-1'),
      problem:
        'services.api.image: The image is in us-east-1, and the service runs in eu-west-1 too, where ECR would not have it. Write {region} in its place.',
    },
    {
      what: 'an address with a password',
      text: changed('https://eu.example.com/', 'https://user:secret@eu.example.com/'),
      problem: 'services.api.runs.staging.eu-west-1.url: ',
    },
    {
      what: 'an address with a query',
      text: changed('https://eu.example.com/', 'https://eu.example.com/?page=1'),
      problem: 'services.api.runs.staging.eu-west-1.url: ',
    },
    {
      what: 'an address with a port that cannot be',
      text: changed('https://eu.example.com/', 'https://eu.example.com:99999'),
      problem:
        'services.api.runs.staging.eu-west-1.url: "https://eu.example.com:99999" is not an address that can be asked. Correct its host or its port',
    },
    {
      what: 'an address without a host',
      text: changed('https://eu.example.com/', 'https://:8080'),
      problem: 'services.api.runs.staging.eu-west-1.url: ',
    },
    {
      what: 'a length of time without a unit',
      text: `${good}timing: { poll: 5 }\n`,
      problem: 'timing.poll: 5 is not a length of time. Write a whole number with its unit',
    },
    {
      what: 'a longest look shorter than the poll',
      text: `${good}timing: { poll: 10s, observe: 5s }\n`,
      problem: 'timing.observe: The longest look must not be shorter than `poll`',
    },
    {
      what: 'a service in an unknown environment',
      text: changed(
        '      staging:\n        us-east-1: { cluster',
        '      stagin:\n        us-east-1: { cluster',
      ),
      problem:
        'services.mailer.runs.stagin: There is no environment called `stagin`. Did you mean `staging`?',
    },
    {
      what: 'an account of an unknown environment',
      text: changed('aws:\n', 'aws:\n  qa: { account: "222222222222" }\n'),
      problem: 'aws.qa: There is no environment called `qa`.',
    },
    {
      what: 'an environment without an account',
      text: changed('aws:\n  staging:', 'aws:\n  production:'),
      problem: 'environments.staging: Its AWS account is missing. Add staging: { account: "…" } under `aws`',
    },
    {
      what: 'a region the environment does not list',
      text: changed('    strategy: rolling', '    strategy: rolling\n    regions: [us-east-1]'),
      problem: 'services.api.runs.staging.eu-west-1: The environment staging lists its regions',
    },
    {
      what: 'a region nothing runs in',
      text: changed(
        '    strategy: rolling',
        '    strategy: rolling\n    regions: [us-east-1, eu-west-1, ap-south-1]',
      ),
      problem: 'environments.staging.regions[2]: No service runs in ap-south-1 there',
    },
    {
      what: 'a web service without an address',
      text: changed('url: "https://eu.example.com/", ', ''),
      problem: 'services.api.runs.staging.eu-west-1.url: Add the public address',
    },
    {
      what: 'a worker with an address',
      text: changed(
        '{ cluster: acme, service: mailer }',
        '{ url: "https://x.example", cluster: acme, service: mailer }',
      ),
      problem: 'services.mailer.runs.staging.us-east-1.url: A worker stands behind no load balancer',
    },
    {
      what: 'a web service without smoke tests',
      text: changed(/ {4}smoke: .*\n/, ''),
      problem: 'services.api.smoke: Add smoke tests: without one a bad release would count as good',
    },
    {
      what: 'a worker with smoke tests',
      text: changed(
        '    repository: acme/mailer',
        '    repository: acme/mailer\n    smoke: ["GET / is 200"]',
      ),
      problem: 'services.mailer.smoke: A worker has no address to ask',
    },
    {
      what: 'one ECS service of two services',
      text: changed('{ cluster: acme, service: mailer }', '{ cluster: acme, service: api }'),
      problem:
        'services.mailer.runs.staging.us-east-1.service: This ECS service already belongs to api runs staging',
    },
    {
      what: 'a name people cannot type',
      text: changed('  mailer:', '  Mail_Er:'),
      problem: 'services.Mail_Er: "Mail_Er" is not a name people can type',
    },
  ])('is told with its place and its remedy: $what', ({ text, problem }) => {
    expect(sentences(text)).toContainEqual(expect.stringContaining(problem));
  });

  it.each([
    { name: 'staging', meaning: 'what people call an environment' },
    { name: 'because', meaning: 'a word of its own' },
    { name: 'rollback', meaning: 'a word of its own' },
    { name: 'canary', meaning: 'a word of its own' },
    { name: 'us-east-1', meaning: 'what AWS calls a region' },
    { name: 'deadbeef1', meaning: 'what a commit looks like' },
    { name: 'v2', meaning: 'what a version looks like' },
  ])('is a service called $name, which already means something', ({ name, meaning }) => {
    const text = changed('  mailer:', `  ${name}:`);

    expect(sentences(text)).toEqual([
      expect.stringContaining(`services.${name}: A service cannot be called \`${name}\`: that is ${meaning}`),
    ]);
  });

  it('is a service called like an environment', () => {
    const text = good.replaceAll('staging', 'sandbox').replace('  mailer:', '  sandbox:');

    expect(sentences(text)).toEqual([
      expect.stringContaining('services.sandbox: An environment is called `sandbox` too'),
    ]);
  });

  it('is a key that stands there twice, told with the other mistakes', () => {
    const text = changed('    title: Public API', '    title: Public API\n    title: API').replace(
      'acme/api',
      'api',
    );

    expect(sentences(text)).toEqual([
      expect.stringContaining('forge.yml:8:5 This key stands here twice'),
      expect.stringContaining('services.api.repository'),
    ]);
  });

  it('is a tab, an open quote, a second document or nothing at all', () => {
    expect(sentences('aws:\n\tstaging: {}\n')).toContainEqual(expect.stringContaining('indented with a tab'));
    expect(sentences('aws: "open\n')).toContainEqual(expect.stringContaining('This is not YAML'));
    expect(sentences(`${good}---\n${good}`)).toContainEqual(expect.stringContaining('several documents'));
    expect(sentences('')).toEqual([expect.stringContaining('The file is empty')]);
    expect(sentences('# only a remark\n')).toEqual([expect.stringContaining('The file is empty')]);
    expect(sentences('just words')).toEqual([
      expect.stringContaining('stands where a group of keys belongs'),
    ]);
  });

  it('never comes alone: all are told at once, in the order of the file', () => {
    const text = changed('"111111111111"', '"1"')
      .replace('kind: web', 'kind: site')
      .replace('branch: main', 'brunch: main');

    expect(sentences(text).map((sentence) => sentence.split(' ')[1])).toEqual([
      'aws.staging.account:',
      'services.api.kind:',
      'environments.staging.deploys.branch:',
      'environments.staging.deploys.brunch:',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  goodInColours,
  ofService,
  otherId,
  recoloured,
  role,
  twoInColours,
  withSettings,
} from './colours-text.ts';
import { sentences } from './policy-text.ts';

describe('a mistake about limits', () => {
  it.each([
    {
      what: 'a share without its sign',
      text: withSettings('gates: { errors: 0.01 }'),
      problem:
        'gates.errors: 0.01 is not a share in percent. Write it with its sign, like 1%, 0.5% or 80%. Or write off.',
    },
    {
      what: 'a share of nothing',
      text: withSettings('gates: { 5xx: 0.0% }'),
      problem: 'gates.5xx: "0.0%" is not a share in percent.',
    },
    {
      what: 'a latency without a unit',
      text: withSettings('gates: { p95: 500 }'),
      problem: 'gates.p95: 500 is not a length of time.',
    },
    {
      what: 'a gate that is none',
      text: withSettings('gates: { latency: 500ms }'),
      problem: 'gates.latency: Nothing here is called `latency`. Known here: `errors`, `5xx`',
    },
    {
      what: 'an evidence that is none',
      text: withSettings('evidence: hope'),
      problem: 'environments.production.evidence: "hope" is no evidence. Write traffic, or smoke',
    },
    {
      what: 'errors that pass and are rolled back',
      text: withSettings('gates: { errors: 6% }'),
      problem:
        'environments.production."roll back when".errors: A release with errors below 6% would pass, and with errors above 5% it would be rolled back.',
    },
    {
      what: 'server errors that pass and are rolled back',
      text: withSettings('roll back when: { 5xx: 0.4% }'),
      problem: 'A release with 5xx below 0.5% would pass, and with 5xx above 0.4% it would be rolled back.',
    },
    {
      what: 'a p99 that passes and is rolled back',
      text: withSettings('gates: { p99: 1200ms }'),
      problem: 'A release with p99 below 1200ms would pass, and with p99 above 1s it would be rolled back.',
    },
    {
      what: 'a p95 that passes with a p99 that is rolled back',
      text: withSettings('gates: { p95: 2s }'),
      problem: 'A release with p95 below 2s would pass, and with p99 above 1s it would be rolled back.',
    },
    {
      what: 'connections that pass and are rolled back',
      text: withSettings('gates: { active connections: 40% }'),
      problem:
        'A release with 40% of the active connections would pass, and below 50% it would be rolled back.',
    },
    {
      what: 'limits of a service that contradict those of the environment',
      text: ofService('gates: { errors: 6% }'),
      problem: 'services.api."roll back when".errors: A release with errors below 6% would pass',
    },
    {
      what: 'a trigger faster than any measurement',
      text: withSettings('roll back when: { for: 90s }'),
      problem:
        '"roll back when".for: The load balancer measures every 1m, so nothing can be seen to last 90s. Write 2m or more.',
    },
    {
      what: 'connections to a database nobody named',
      text: withSettings('gates: { database connections: 70% }').replace(/ {4}database: .*\n/, ''),
      problem: 'environments.production.gates."database connections": Nothing would be watched',
    },
    {
      what: 'connections of a service to a database nobody named',
      text: ofService('gates: { database connections: 70% }').replace(/ {4}database: .*\n/, ''),
      problem: 'services.api.gates."database connections": Nothing would be watched',
    },
  ])('is told with its place and its remedy: $what', ({ text, problem }) => {
    expect(sentences(text)).toEqual([expect.stringContaining(problem)]);
  });

  it('is told once where several services are judged by the same limits', () => {
    const text = twoInColours.replace(
      '    strategy: canary',
      '    strategy: canary\n    gates: { errors: 6% }',
    );

    expect(sentences(text)).toHaveLength(1);
  });

  it('is told once of a service whose own limits are the same everywhere', () => {
    const run = goodInColours.slice(
      goodInColours.indexOf('        us-east-1:'),
      goodInColours.indexOf('environments:'),
    );
    const other = run.replaceAll(/"(arn:.*?)"/g, (_all, arn: string) => `"${otherId(arn)}"`);
    const canada = '  canada: { channel: C0CANADA, deploys: { branch: main }, strategy: canary }\n';

    const text = ofService('gates: { errors: 6% }')
      .replace('aws:\n', 'aws:\n  canada: { account: "222222222222" }\n')
      .replace(
        'environments:\n',
        `      canada:\n${other.replaceAll('service: api', 'service: other')}environments:\n${canada}`,
      );

    expect(sentences(text)).toEqual([expect.stringContaining('services.api."roll back when".errors: ')]);
  });

  it('is no limit on connections that is switched off', () => {
    const text = withSettings('gates: { database connections: off }').replace(/ {4}database: .*\n/, '');

    expect(sentences(text)).toEqual([]);
  });
});

describe('a mistake about the switch', () => {
  const deadMan = (value: string) => recoloured(/dead man switch: .*/, `dead man switch: ${value}`);

  it.each([
    {
      what: 'none where customers are',
      text: recoloured(/ {4}dead man switch: .*\n/, ''),
      problem:
        'environments.production."dead man switch": If Forge dies while traffic is split, nothing brings it back. Add dead man switch: { role: "arn:aws:iam::…:role/…" }',
    },
    {
      what: 'no role',
      text: deadMan('{ after: 5m }'),
      problem:
        '"dead man switch".role: Add the ARN of an IAM role. EventBridge Scheduler moves traffic with it',
    },
    {
      what: 'a word that is none',
      text: deadMan('on'),
      problem: '"dead man switch": "on" is no setting of the dead man switch. Write { role',
    },
    {
      what: 'a role of another account',
      text: deadMan(`{ role: "${role.replace('222222222222', '333333333333')}" }`),
      problem: '"dead man switch".role: The role is in the account 333333333333',
    },
    {
      what: 'a silence that a slow answer fills',
      text: deadMan(`{ after: 119s, role: "${role}" }`),
      problem:
        '"dead man switch".after: After 119s a slow answer of AWS could be taken for Forge\'s end. Write 2m or more',
    },
    {
      what: 'an unknown way out',
      text: deadMan(`{ role: "${role}", when it cannot be armed: pray }`),
      problem: '"when it cannot be armed": "pray" is no answer to that. Write ask, or go on.',
    },
  ])('is told with its place and its remedy: $what', ({ text, problem }) => {
    expect(sentences(text)).toEqual([expect.stringContaining(problem)]);
  });

  it('is no short silence where looks are short', () => {
    const text = deadMan(`{ after: 30s, role: "${role}" }`);

    expect(sentences(`${text}timing: { observe: 5s }\n`)).toEqual([]);
    expect(sentences(deadMan(`{ after: 2m, role: "${role}" }`))).toEqual([]);
  });
});

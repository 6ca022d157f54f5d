import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src/config/json-schema.ts';
import { readPolicy } from '../../src/config/read-policy.ts';
import { aGatePolicy } from '../builders.ts';
import { changed, good, valid } from './policy-text.ts';

describe('a policy file', () => {
  it('means services, environments, people and times', () => {
    const policy = valid(good);

    expect(policy.people.all.roles).toEqual({ admin: ['U0SAM'] });
    expect(policy.environments).toEqual([
      {
        name: 'staging',
        checks: [],
        account: '111111111111',
        channel: 'C0DEPLOYS',
        branch: 'main',
        regions: ['eu-west-1', 'us-east-1'],
        strategy: { kind: 'rolling' },
        gates: aGatePolicy({ evidence: 'smoke' }),
        standby: 86_400_000,
      },
    ]);
    expect(policy.services[0]).toEqual({
      name: 'api',
      checks: [],
      title: 'Public API',
      kind: 'web',
      repository: 'acme/api',
      image: '{account}.dkr.ecr.{region}.amazonaws.com/api:git-{commit}',
      smoke: {
        timesInARow: 3,
        tests: [
          { method: 'GET', path: '/health', status: 200 },
          { method: 'HEAD', path: '/', status: 301 },
          { method: 'GET', path: '/version', status: 200, contains: '{version} now' },
        ],
      },
      strategies: {},
      gates: {},
      database: {},
      runs: {
        staging: [
          { region: 'eu-west-1', cluster: 'acme', service: 'api', url: 'https://eu.example.com' },
          { region: 'us-east-1', cluster: 'acme', service: 'api', url: 'https://us.example.com/base' },
        ],
      },
    });
    expect(policy.services[1]?.runs).toEqual({
      staging: [{ region: 'us-east-1', cluster: 'acme', service: 'mailer' }],
    });
  });

  it('has times fit for AWS unless it says otherwise', () => {
    expect(valid(good).timing).toEqual({
      poll: 5_000,
      observe: 30_000,
      startWithin: 600_000,
      smokeWithin: 120_000,
      settle: 15_000,
      probe: 5_000,
      metricPeriod: 60_000,
      metricDelay: 180_000,
      evidenceWithin: 1_800_000,
      watchAfterReturn: 300_000,
      silence: 120_000,
      questionWithin: 1_800_000,
      messageEvery: 2_000,
      messageRefresh: 10_000,
    });
    const timing = 'timing: { poll: 500ms, observe: 5s, start within: 2m, question within: 24h }\n';
    expect(valid(good + timing).timing).toMatchObject({
      poll: 500,
      observe: 5_000,
      startWithin: 120_000,
      questionWithin: 86_400_000,
      silence: 120_000,
    });
  });

  it('runs services in the order of regions the environment names', () => {
    const policy = valid(
      changed('    strategy: rolling', '    strategy: rolling\n    regions: [us-east-1, eu-west-1]'),
    );

    expect(policy.services[0]?.runs.staging?.map((run) => run.region)).toEqual(['us-east-1', 'eu-west-1']);
  });

  it('has a version that follows its meaning, not its layout', () => {
    const version = valid(good).version;

    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(valid(`# A remark\n${good}\n`).version).toBe(version);
    expect(valid(changed('branch: main', 'branch: trunk')).version).not.toBe(version);
  });
});

describe('the files beside it', () => {
  it('forge.example.yml is valid', () => {
    expect(readPolicy(topLevel('forge.example.yml'), 'forge.example.yml')).toMatchObject({ kind: 'valid' });
  });

  it('forge.example.yml shows the default times, and a driver of schedules', () => {
    const text = topLevel('forge.example.yml')
      .replace(/^# ((?:timing|schedules):)/gm, '$1')
      .replace(/^# {3}(\w)/gm, '  $1');

    expect(valid(text).timing).toEqual(valid(good).timing);
    expect(valid(text).schedules).toMatchObject({ group: 'default' });
  });

  it('forge.schema.json describes the file as it is read (else: npm run schema)', () => {
    expect(topLevel('forge.schema.json')).toBe(jsonSchema());
  });
});

function topLevel(name: string): string {
  return readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
}

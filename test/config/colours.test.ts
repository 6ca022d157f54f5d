import { describe, expect, it } from 'vitest';
import { aGatePolicy } from '../builders.ts';
import {
  blueGroup,
  firstRule,
  goodInColours,
  greenGroup,
  recoloured,
  role,
  secondRule,
  withSettings,
} from './colours-text.ts';
import { changed, valid } from './policy-text.ts';

const environmentOf = (text: string) => valid(text).environments[0];
const serviceOf = (text: string) => valid(text).services[0];

describe('a service in colours', () => {
  it('has two ECS services behind one load balancer, and a header that leads to one of them', () => {
    expect(serviceOf(goodInColours)?.runs).toEqual({
      production: [
        {
          region: 'us-east-1',
          url: 'https://us.example.com',
          cluster: 'acme',
          colours: {
            blue: { service: 'api-blue', targetGroup: blueGroup },
            green: { service: 'api-green', targetGroup: greenGroup },
            rules: [firstRule, secondRule],
            preview: { header: 'X-Forge-Preview', valueFrom: 'FORGE_PREVIEW_TOKEN' },
          },
        },
      ],
    });
  });

  it('may name the database it uses, by environment', () => {
    const pool = { instance: 'acme-prod', maxConnections: 500 };

    expect(serviceOf(goodInColours)?.database).toEqual({ production: { ...pool, poolPerTask: 10 } });
    expect(serviceOf(recoloured(', pool per task: 10', ''))?.database).toEqual({ production: pool });
  });
});

describe('people', () => {
  it('are named once, those who approve and those who are called', () => {
    expect(valid(goodInColours).people.all.roles).toEqual({
      admin: ['U0SAM'],
      approver: ['U0LENA'],
      'incident-commander': ['S0ONCALL', 'U0DANA'],
    });
  });

  it('may be left out but for the admins', () => {
    expect(valid(changed('acme/api', 'acme/other')).people).toEqual({
      all: { roles: { admin: ['U0SAM'] }, groups: {} },
      environments: {},
      services: {},
    });
  });
});

describe('an environment that moves traffic', () => {
  it('has limits, a standby and a switch though it says little', () => {
    expect(environmentOf(goodInColours)).toMatchObject({
      strategy: { kind: 'canary', steps: [10, 25, 50, 100].map((weight) => ({ weight, bake: 600_000 })) },
      gates: aGatePolicy({ evidence: 'traffic' }),
      standby: 86_400_000,
      deadMan: { after: 300_000, role, otherwise: 'ask' },
    });
  });

  it('may be blue-green, at once and for half an hour', () => {
    expect(environmentOf(recoloured('strategy: canary', 'strategy: blue-green'))?.strategy).toEqual({
      kind: 'blue-green',
      steps: [{ weight: 100, bake: 1_800_000 }],
    });
  });

  it.each([
    '{ canary: [5% for 10m, 40% for 1h then ask, 100% for 30m] }',
    '{ canary: [{ weight: 5, bake: 10m }, { weight: 40, bake: 1h, approve: true }, { weight: 100, bake: 30m, approve: false }] }',
    '{ canary: [5% for 10m, { weight: 40, bake: 60m, approve: true }, 100% for 30 m] }',
  ])('may have steps of its own: %s', (strategy) => {
    expect(environmentOf(recoloured('strategy: canary', `strategy: ${strategy}`))?.strategy).toEqual({
      kind: 'canary',
      steps: [
        { weight: 5, bake: 600_000 },
        { weight: 40, bake: 3_600_000, approve: true },
        { weight: 100, bake: 1_800_000 },
      ],
    });
  });

  it('may be blue-green in steps', () => {
    const text = recoloured('strategy: canary', 'strategy: { blue-green: [50% for 5m, 100% for 5m] }');

    expect(environmentOf(text)?.strategy).toMatchObject({
      kind: 'blue-green',
      steps: [{ weight: 50 }, { weight: 100 }],
    });
  });

  it('may have limits of its own, or none', () => {
    const text = withSettings(
      'confidence: 99.5%',
      'gates: { errors: 0.7%, p99: 400ms, 5xx: off, database connections: 100% }',
      'roll back when: { for: 3m, p99: off, active connections below: 40% }',
    );

    expect(environmentOf(text)?.gates).toEqual({
      evidence: 'traffic',
      confidence: 0.995,
      pass: { errors: 0.007, p95: 500, p99: 400, activeConnections: 0.8, databaseConnections: 1 },
      rollBackWhen: { for: 180_000, errors: 0.05, fiveXx: 0.02, activeConnectionsBelow: 0.4 },
    });
  });

  it('may keep the old colour warm for another time, and wait differently for its switch', () => {
    const text = withSettings('standby: 2h').replace(
      /dead man switch: .*/,
      `dead man switch: { after: 10m, role: "${role}", when it cannot be armed: go on }`,
    );

    expect(environmentOf(text)).toMatchObject({
      standby: 7_200_000,
      deadMan: { after: 600_000, role, otherwise: 'go on' },
    });
  });

  it('may do without a switch, by saying so', () => {
    expect(environmentOf(recoloured(/dead man switch: .*/, 'dead man switch: off'))).not.toHaveProperty(
      'deadMan',
    );
  });

  it.each([
    ['called production', goodInColours, 'traffic'],
    ['that says it is production', changedName('production: true'), 'traffic'],
    ['called otherwise', changedName(), 'smoke'],
    ['called production that is none', withSettings('production: false'), 'smoke'],
    ['with a word of its own', withSettings('evidence: smoke'), 'smoke'],
  ])('takes as evidence what suits an environment %s', (_what, text, evidence) => {
    expect(environmentOf(text)?.gates.evidence).toBe(evidence);
  });

  it('needs no switch where no customers are', () => {
    const text = changedName().replace(/ {4}dead man switch: .*\n/, '');

    expect(environmentOf(text)).not.toHaveProperty('deadMan');
  });
});

describe('a service among others', () => {
  it('may have a strategy of its own in an environment', () => {
    const text = recoloured(
      '    runs:',
      '    strategies: { production: { canary: [100% for 1h] } }\n    runs:',
    );

    expect(serviceOf(text)?.strategies).toEqual({
      production: { kind: 'canary', steps: [{ weight: 100, bake: 3_600_000 }] },
    });
    expect(serviceOf(goodInColours)?.strategies).toEqual({});
  });

  it('may have limits of its own on top of those of the environment', () => {
    const text = withSettings('gates: { errors: 2% }').replace(
      '    runs:',
      '    gates: { p99: 400ms }\n    roll back when: { p99: 2s }\n    runs:',
    );

    const usual = aGatePolicy();
    expect(serviceOf(text)?.gates).toEqual({
      production: {
        ...usual,
        pass: { ...usual.pass, errors: 0.02, p99: 400 },
        rollBackWhen: { ...usual.rollBackWhen, p99: 2_000 },
      },
    });
    expect(serviceOf(goodInColours)?.gates).toEqual({});
  });
});

describe('times', () => {
  it('of traffic may be scaled with all others', () => {
    const timing =
      'timing: { settle: 1s, probe: 500ms, metric period: 1s, metric delay: 3s, evidence within: 1m, watch after return: 5s }\n';

    expect(valid(goodInColours + timing).timing).toMatchObject({
      settle: 1_000,
      probe: 500,
      metricPeriod: 1_000,
      metricDelay: 3_000,
      evidenceWithin: 60_000,
      watchAfterReturn: 5_000,
    });
  });
});

/** The good file in colours with an environment called otherwise. */
function changedName(...lines: string[]): string {
  return withSettings(...lines).replaceAll(/\bproduction:(?! (?:true|false))/g, 'canada:');
}

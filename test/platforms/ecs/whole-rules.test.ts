import type { Action, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeadManSwitch } from '../../../src/platforms/ecs/dead-man-switch.ts';
import { coloursOf } from '../../../src/platforms/ecs/place.ts';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import { readListeners } from '../../../src/platforms/ecs/rules.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import { anEnvironmentPolicy, aPolicy, aRegion } from '../../builders.ts';
import {
  aColouredRun,
  aColouredService,
  aDeadManPolicy,
  aRuleArn,
  aTargetGroupArn,
} from '../../colour-builders.ts';
import { type ScriptedColours, startScriptedColours } from './scripted-colours.ts';

const target = { service: 'checkout', environment: 'production', region: aRegion };
const options = { signal: new AbortController().signal };
const secure = aRuleArn(aRegion, '100');
const plain = secure.replace('f2f7dc8efc522ab2', 'a2f7dc8efc522ab2');

const signIn = {
  Issuer: 'https://id.example',
  AuthorizationEndpoint: 'https://id.example/authorize',
  TokenEndpoint: 'https://id.example/token',
  UserInfoEndpoint: 'https://id.example/user',
  ClientId: 'checkout',
};
const actions: Action[] = [
  { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: signIn },
  {
    Type: 'forward',
    Order: 2,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: aTargetGroupArn('blue'), Weight: 100 },
        { TargetGroupArn: aTargetGroupArn('green'), Weight: 0 },
      ],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
    },
  },
];

describe('a listener rule where people sign in first', () => {
  let aws: ScriptedColours;
  afterEach(() => aws.close());

  it('still makes them when its traffic is moved, and nothing else of it is written', async () => {
    aws = await startScriptedColours([aRule(secure)]);

    await platformOf([secure], aws).setTraffic(target, { blue: 90, green: 10 }, options);

    expect(aws.writes).toEqual([{ RuleArn: secure, Actions: written(90, 10) }]);
  });

  it('still makes them when it is moved by what was just read, and again by what was just written', async () => {
    aws = await startScriptedColours([aRule(secure)]);
    const platform = platformOf([secure], aws);
    await platform.traffic(target, options);

    await platform.setTraffic(target, { blue: 90, green: 10 }, options);
    await platform.setTraffic(target, { blue: 100, green: 0 }, options);

    expect(aws.writes).toEqual([
      { RuleArn: secure, Actions: written(90, 10) },
      { RuleArn: secure, Actions: written(100, 0) },
    ]);
  });

  it('still makes them when the dead-man switch returns its traffic', async () => {
    aws = await startScriptedColours([aRule(secure)]);
    const { clients } = aws;
    const deadMan = createDeadManSwitch({ policy: policyOf([secure]), clients });

    await deadMan.arm(target, { to: 'blue', at: Date.UTC(2099, 0, 1) }, options);

    expect(aws.switches).toEqual([
      { RuleArn: secure, Actions: [withSecret, { ...actions[1], ForwardConfig: forward(100, 0) }] },
    ]);
  });
});

describe('rules on several listeners', () => {
  let aws: ScriptedColours;
  afterEach(() => aws.close());

  it('are all read, to the last page of each listener', async () => {
    const others = ['7', '8', '9'].map((id) => plain.replace(/0100$/, `000${id}`));
    aws = await startScriptedColours([secure, plain, ...others].map(aRule), { pageSize: 2 });
    const { loadBalancing } = aws.clients.in(aRegion).ask;
    const colours = coloursOf(policyOf([secure, plain]), target);

    const found = await readListeners(loadBalancing, colours, options.signal);

    expect(found.map(({ arn }) => arn).toSorted()).toEqual([secure, plain, ...others].toSorted());
  });

  it('are moved together, each by a write of its own', async () => {
    aws = await startScriptedColours([secure, plain].map(aRule));

    await platformOf([secure, plain], aws).setTraffic(target, { blue: 0, green: 100 }, options);

    expect(aws.writes).toHaveLength(2);
    for (const RuleArn of [secure, plain]) {
      expect(aws.writes).toContainEqual({ RuleArn, Actions: written(0, 100) });
    }
  });

  it('have no split in common while one of them answers by itself', async () => {
    const page = { ...aRule(plain), Actions: [{ Type: 'fixed-response' as const, Order: 1 }] };
    aws = await startScriptedColours([aRule(secure), page]);

    const traffic = await platformOf([secure, plain], aws).traffic(target, options);

    expect(traffic).not.toHaveProperty('split');
    expect(traffic.rules).toEqual([
      { arn: secure, split: { blue: 100, green: 0 } },
      { arn: plain, split: { other: expect.stringContaining('fixed response') } },
    ]);
  });
});

const withSecret = {
  ...actions[0],
  AuthenticateOidcConfig: { ...signIn, UseExistingClientSecret: true },
};

function aRule(RuleArn: string): Rule {
  const Conditions = [{ Field: 'path-pattern', Values: ['/*'] }];
  return { RuleArn, Priority: '100', IsDefault: false, Conditions, Actions: actions };
}

function forward(blue: number, green: number) {
  return {
    TargetGroups: [
      { TargetGroupArn: aTargetGroupArn('blue'), Weight: blue },
      { TargetGroupArn: aTargetGroupArn('green'), Weight: green },
    ],
    TargetGroupStickinessConfig: { Enabled: false },
  };
}

/** As a form carries it: everything is text. */
function written(blue: number, green: number): unknown {
  const both = [withSecret, { ...actions[1], ForwardConfig: forward(blue, green) }];
  return JSON.parse(JSON.stringify(both), (_, value) => (Object(value) === value ? value : String(value)));
}

function platformOf(rules: string[], { clients }: ScriptedColours): Platform {
  return createEcsPlatform({ policy: policyOf(rules), clients, describeImage: async () => undefined });
}

function policyOf(rules: string[]) {
  const run = aColouredRun();
  const service = aColouredService({
    runs: { production: [{ ...run, colours: { ...run.colours, rules } }] },
  });
  return aPolicy({
    services: [service],
    environments: [anEnvironmentPolicy({ deadMan: aDeadManPolicy() })],
  });
}

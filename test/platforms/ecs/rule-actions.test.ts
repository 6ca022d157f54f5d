import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { withSplit } from '../../../src/platforms/ecs/rule-actions.ts';

const colours = { blue: { targetGroup: 'arn:blue' }, green: { targetGroup: 'arn:green' } };
const forward: Action = {
  Type: 'forward',
  Order: 1,
  TargetGroupArn: 'arn:blue',
  ForwardConfig: {
    TargetGroups: [{ TargetGroupArn: 'arn:blue', Weight: 1 }],
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
  },
};

describe('the actions of a rule with another split', () => {
  it('name both target groups, at weight 0 too, and nobody sticks to one', () => {
    expect(withSplit([forward], { blue: 100, green: 0 }, colours)).toEqual([
      {
        Type: 'forward',
        Order: 1,
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: 'arn:blue', Weight: 100 },
            { TargetGroupArn: 'arn:green', Weight: 0 },
          ],
          TargetGroupStickinessConfig: { Enabled: false },
        },
      },
    ]);
  });

  it('still ask people to sign in first, with the secret the load balancer has', () => {
    const AuthenticateOidcConfig = {
      Issuer: 'https://id.example',
      AuthorizationEndpoint: 'https://id.example/authorize',
      TokenEndpoint: 'https://id.example/token',
      UserInfoEndpoint: 'https://id.example/user',
      ClientId: 'api',
    };
    const signIn: Action = { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig };

    const [first, second] = withSplit([signIn, { ...forward, Order: 2 }], { blue: 90, green: 10 }, colours);

    expect(first).toEqual({
      ...signIn,
      AuthenticateOidcConfig: { ...AuthenticateOidcConfig, UseExistingClientSecret: true },
    });
    expect(second).toMatchObject({ Type: 'forward', Order: 2 });
  });

  it('replace an answer that somebody put in the way', () => {
    const maintenance: Action = {
      Type: 'fixed-response',
      Order: 1,
      FixedResponseConfig: { StatusCode: '503' },
    };

    const actions = withSplit([maintenance], { blue: 100, green: 0 }, colours);

    expect(actions.map(({ Type }) => Type)).toEqual(['forward']);
  });
});

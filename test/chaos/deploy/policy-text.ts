import type { Aws } from '../../../sandbox/aws/aws.ts';
import { FORGE_TIMING } from './timing.ts';

export type Settings = {
  /** Of production, as it is written in the policy file. */
  strategy: string;
  standby: string;
  /** Silence after which the dead-man switch moves traffic back. */
  after: string;
};

/** The policy file of this AWS: the api in staging on one ECS service, in production on two in colours. */
export async function policyText(aws: Aws, { strategy, standby, after }: Settings): Promise<string> {
  const services = await aws.services();
  const urlIn = (environment: string) =>
    services.find((service) => service.name === 'api' && service.environment === environment)?.url ?? '';
  const group = (name: string) =>
    aws.truth.targetGroups.find((each) => each.name === name && each.account === ACCOUNT)?.arn ?? '';
  const rules = trafficRules(aws).map(({ arn }) => `"${arn}"`);
  return `
aws:
  staging: { account: "111111111111" }
  production: { account: "${ACCOUNT}" }
people:
  admins: [U0SAM]
  approvers: [U0LENA]
  incident-commanders: [S0ONCALL]
services:
  api:
    title: Public API
    kind: web
    repository: acme/api
    image: "{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}"
    smoke: ["GET /health is 200", "GET /version contains {version}"]
    runs:
      staging:
        us-east-1: { url: "${urlIn('staging')}", cluster: forge-staging, service: api }
      production:
        us-east-1:
          url: "${urlIn('production')}"
          cluster: forge-production
          blue: { service: api-blue, target group: "${group('api-blue')}" }
          green: { service: api-green, target group: "${group('api-green')}" }
          rules: [${rules.join(', ')}]
          preview: { header: X-Forge-Preview, value from: FORGE_PREVIEW_TOKEN }
environments:
  staging:
    channel: C0DEPLOYS
    deploys: { branch: main }
    strategy: rolling
  production:
    channel: C0PRODUCTION
    deploys: { branch: main }
    strategy: ${strategy}
    evidence: smoke
    standby: ${standby}
    dead man switch: { after: ${after}, role: "arn:aws:iam::${ACCOUNT}:role/forge-dead-man-switch" }
timing:
  ${FORGE_TIMING}
`.trimStart();
}

const ACCOUNT = '222222222222';

/** The rules that split production's traffic: neither the previews nor the default. */
export function trafficRules({ truth }: Pick<Aws, 'truth'>) {
  const listeners = truth.loadBalancers.filter(({ account }) => account === ACCOUNT);
  return truth.rules.filter(
    ({ listener, priority, conditions }) =>
      listeners.some((one) => one.listener === listener) &&
      priority !== 'default' &&
      conditions.every(({ Field }) => Field !== 'http-header'),
  );
}

import type { Aws } from '../../../sandbox/aws/aws.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { forgeTiming } from './timing.ts';

/** What a scenario says of production, as an operator writes it. */
export type Settings = {
  strategy?: string;
  evidence?: 'traffic' | 'smoke';
  standby?: string;
  gates?: string;
  rollBackWhen?: string;
  deadMan?: string;
  timing?: Partial<typeof forgeTiming>;
};

const ACCOUNT = '222222222222';

/** Each step is watched for three minutes of those that take a second here. */
const CANARY = '{ canary: [50% for 3s, 100% for 3s] }';

/** The policy of an api that runs in two colours on this AWS. */
export async function policyFor(aws: Aws, settings: Settings): Promise<Policy> {
  const reading = readPolicy(await policyText(aws, settings), 'forge.yml');
  if (reading.kind === 'invalid') throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

async function policyText(aws: Aws, settings: Settings): Promise<string> {
  const { strategy = CANARY, evidence = 'traffic', standby = '10m', gates, rollBackWhen, deadMan } = settings;
  const url = (await aws.services()).find(({ environment }) => environment === 'production')?.url;
  const role = `arn:aws:iam::${ACCOUNT}:role/forge-dead-man-switch`;
  return `
aws: { production: { account: "${ACCOUNT}" } }
people: { admins: [U0SAM], approvers: [U0LENA], incident-commanders: [S0ONCALL] }
services:
  api:
    title: Public API
    kind: web
    repository: acme/api
    image: "{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}"
    smoke: ["GET /health is 200", "GET /version contains {version}"]
    runs:
      production:
        us-east-1:
          url: "${url}"
          cluster: forge-production
          blue: { service: api-blue, target group: "${groupArn(aws, 'api-blue')}" }
          green: { service: api-green, target group: "${groupArn(aws, 'api-green')}" }
          rules: [${trafficRules(aws)
            .map((arn) => `"${arn}"`)
            .join(', ')}]
          preview: { header: X-Forge-Preview, value from: FORGE_PREVIEW_TOKEN }
    database: { production: { instance: forge-production, max connections: 100, pool per task: 10 } }
environments:
  production:
    channel: C0PRODUCTION
    deploys: { branch: main }
    strategy: ${strategy}
    evidence: ${evidence}
    confidence: 50%
    standby: ${standby}
    gates: ${gates ?? '{ 5xx: 1%, p95: 900ms }'}
    roll back when: ${rollBackWhen ?? '{ for: 2s, p99: off }'}
    dead man switch: ${deadMan ?? `{ after: 2m, role: "${role}" }`}
timing: ${JSON.stringify({ ...forgeTiming, ...settings.timing })}
`.trimStart();
}

function groupArn({ truth }: Aws, name: string): string {
  return truth.targetGroups.find((group) => group.name === name)?.arn ?? '';
}

/** The rules that split production's traffic: neither the previews nor the default. */
function trafficRules({ truth }: Aws): string[] {
  return truth.rules
    .filter(({ priority, conditions }) => {
      return priority !== 'default' && conditions.every(({ Field }) => Field !== 'http-header');
    })
    .map(({ arn }) => arn);
}

import type { Aws } from '../../../sandbox/aws/aws.ts';
import { production } from '../../../sandbox/aws/seed-production.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { apiInColours, deadManRole } from '../../worlds/api-in-colours.ts';
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

const DATABASE = {
  production: { instance: 'forge-production', 'max connections': 100, 'pool per task': 10 },
};

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
  return `
aws: { production: { account: "${production.account}" } }
people: { admins: [U0SAM], approvers: [U0LENA], incident-commanders: [S0ONCALL] }
services:
  api: ${await apiInColours(aws, { database: DATABASE })}
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
    dead man switch: ${deadMan ?? `{ after: 2m, role: "${deadManRole}" }`}
timing: ${JSON.stringify({ ...forgeTiming, ...settings.timing })}
`.trimStart();
}

import type { Aws } from '../../../sandbox/aws/aws.ts';
import { production } from '../../../sandbox/aws/seed-production.ts';
import { apiInColours, apiUrl, deadManRole } from '../../worlds/api-in-colours.ts';
import { FORGE_TIMING } from './timing.ts';

export type Settings = {
  /** Of production, as it is written in the policy file. */
  strategy: string;
  standby: string;
  /** Silence after which the dead-man switch moves traffic back. */
  after: string;
  /** EventBridge Scheduler tells as well when something is due. */
  schedules?: boolean;
};

const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:forge-schedules';
const SCHEDULES = `
schedules:
  queue: "${QUEUE}"
  dead letters: "${QUEUE}-dead"
  role: "arn:aws:iam::111111111111:role/forge-schedules"`;

/** The policy file of this AWS: the api in staging on one ECS service, in production on two in colours. */
export async function policyText(
  aws: Aws,
  { strategy, standby, after, schedules = false }: Settings,
): Promise<string> {
  const staging = {
    'us-east-1': { url: await apiUrl(aws, 'staging'), cluster: 'forge-staging', service: 'api' },
  };
  return `
aws:
  staging: { account: "111111111111" }
  production: { account: "${production.account}" }
people:
  admins: [U0SAM]
  approvers: [U0LENA]
  incident-commanders: [S0ONCALL]
services:
  api: ${await apiInColours(aws, { runs: { staging } })}
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
    dead man switch: { after: ${after}, role: "${deadManRole}" }
timing:
  ${FORGE_TIMING}${schedules ? SCHEDULES : ''}
`.trimStart();
}

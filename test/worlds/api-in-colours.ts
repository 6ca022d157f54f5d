import type { Aws } from '../../sandbox/aws/aws.ts';
import { production } from '../../sandbox/aws/seed-production.ts';

const { account: ACCOUNT, region: REGION } = production;

/** The role of the dead-man switch in production's account. */
export const deadManRole = `arn:aws:iam::${ACCOUNT}:role/forge-dead-man-switch`;

/** What a policy file says of the service `api`, in one line: in production it runs on two ECS services in colours. */
export async function apiInColours(aws: Aws, { runs = {}, database }: AlsoSaid = {}): Promise<string> {
  return JSON.stringify({
    title: 'Public API',
    kind: 'web',
    repository: 'acme/api',
    image: '{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}',
    smoke: ['GET /health is 200', 'GET /version contains {version}'],
    runs: { ...runs, production: { [REGION]: await coloursOf(aws) } },
    database,
  });
}

/** What else it says of it, in its own words: where it runs besides production, and on which databases. */
type AlsoSaid = { runs?: Record<string, unknown>; database?: Record<string, unknown> };

/** Where the api is reached from outside, or nothing where it does not run. */
export async function apiUrl(aws: Aws, environment: string): Promise<string> {
  const services = await aws.services();
  return services.find((one) => one.name === 'api' && one.environment === environment)?.url ?? '';
}

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

async function coloursOf(aws: Aws) {
  const group = (name: string) =>
    aws.truth.targetGroups.find((each) => each.name === name && each.account === ACCOUNT)?.arn ?? '';
  return {
    url: await apiUrl(aws, 'production'),
    cluster: 'forge-production',
    blue: { service: 'api-blue', 'target group': group('api-blue') },
    green: { service: 'api-green', 'target group': group('api-green') },
    rules: trafficRules(aws).map(({ arn }) => arn),
    preview: { header: 'X-Forge-Preview', 'value from': 'FORGE_PREVIEW_TOKEN' },
  };
}

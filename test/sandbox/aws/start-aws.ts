import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import { type Deployment, DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createAws } from '../../../sandbox/aws/aws.ts';
import type { Running } from '../../../sandbox/aws/running.ts';
import { type Seed, sandboxSeed } from '../../../sandbox/aws/seed.ts';
import type { Timing } from '../../../sandbox/aws/timing.ts';
import { Faults } from '../../../sandbox/faults.ts';

/** A second of AWS takes 40 ms: a health check every 200 ms, a drain of 400 ms. */
const fastTiming: Timing = {
  secondMs: 40,
  provisionMs: 20,
  pullMs: 20,
  startMs: 50,
  tickMs: 25,
  restartDelayMs: 50,
  noticeMs: 100,
  settleMs: 300,
  ruleDelayMs: 30,
  staleReads: { minMs: 0, maxMs: 0 },
  logDelayMs: 0,
};

export type TestAws = Awaited<ReturnType<typeof startAws>>;

/** The sandbox's AWS behind a real server, with the real SDK's clients. Staging alone unless `seed` says more. */
export async function startAws(
  options: {
    seed?: Seed;
    timing?: Partial<Timing>;
    running?: Running;
    /** The account its credentials name, if any: account 111111111111 unless told. */
    accessKeyId?: string;
  } = {},
) {
  const faults = new Faults();
  const { seed = patient(stagingSeed()), running = 'processes' } = options;
  const aws = await createAws({ faults, seed, running, timing: { ...fastTiming, ...options.timing } });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://aws');
    void aws.handle(request, response, url).then((isAnswered) => {
      if (!isAnswered) response.writeHead(404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const { accessKeyId = 'AKIA111111111111' } = options;
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const client = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'nobody checks it' },
    maxAttempts: 1,
  };
  return {
    aws,
    seed,
    faults,
    endpoint,
    accessKeyId,
    ecs: new ECSClient(client),
    elb: new ElasticLoadBalancingV2Client(client),
    ecr: new ECRClient(client),
    cloudWatch: new CloudWatchClient(client),
    scheduler: new SchedulerClient(client),
    async stop() {
      await aws.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The account of staging alone: fewer processes for tests that need no more. */
function stagingSeed(): Seed {
  const { account, images, loadBalancers, services } = sandboxSeed();
  const isMine = (thing: { account: string }) => thing.account === account;
  return {
    account,
    images: images.filter(isMine),
    loadBalancers: loadBalancers.filter(isMine),
    services: services.filter(isMine),
  };
}

/** With time for the tasks of a busy machine to start, however fast this AWS turns. */
function patient(seed: Seed): Seed {
  const services = seed.services.map((service) => ({ ...service, healthCheckGracePeriodSeconds: 300 }));
  return { ...seed, services };
}

export async function describeService({ ecs }: TestAws, name: string): Promise<Service> {
  const command = new DescribeServicesCommand({ cluster: 'forge-staging', services: [name] });
  const [service] = (await ecs.send(command)).services ?? [];
  if (service === undefined) throw new Error(`There is no service ${name}`);
  return service;
}

export function primaryOf(service: Service): Deployment {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  if (primary === undefined) throw new Error('The service has no primary deployment');
  return primary;
}

/** The service once it fits. */
export async function untilService(
  world: TestAws,
  name: string,
  fits: (service: Service) => boolean,
): Promise<Service> {
  let service = await describeService(world, name);
  await until(async () => {
    service = await describeService(world, name);
    return fits(service);
  });
  return service;
}

export async function until(fits: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await fits())) {
    if (Date.now() > deadline) throw new Error(`It did not come true in time: ${fits.toString()}`);
    await sleep(25);
  }
}

export async function publicUrl({ aws }: TestAws, name = 'api'): Promise<string> {
  const state = (await aws.services()).find((service) => service.name === name);
  if (state?.url === undefined) throw new Error(`${name} has no public address`);
  return state.url;
}

import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';

type Clients = {
  ecs: ECSClient;
  loadBalancing: ElasticLoadBalancingV2Client;
  ecr: ECRClient;
  autoScaling: ApplicationAutoScalingClient;
  scheduler: SchedulerClient;
  sqs: SQSClient;
  cloudWatch: CloudWatchClient;
  logs: CloudWatchLogsClient;
};

type RegionClients = {
  /** For looking: slows down when AWS throttles. */
  poll: Clients;
  /** For what a person waits for: few attempts, never slowed by looking. */
  ask: Clients;
  /** For changing something and for what is read on the way: short time limits, many attempts, never slowed by looking. */
  act: Clients;
};

export type AwsClients = {
  in(region: string): RegionClients;
  /** Closes the connections. */
  destroy(): void;
};

/**
 * AWS SDK clients, made once for each region. Endpoint and credentials come from the environment by the SDK's own
 * rules (`AWS_ENDPOINT_URL`, `AWS_PROFILE`, the task's role …).
 */
export function createAwsClients(): AwsClients {
  const regions = new Map<string, RegionClients>();
  return {
    in(region) {
      const clients = regions.get(region) ?? {
        poll: pollClients(region),
        ask: askClients(region),
        act: actClients(region),
      };
      regions.set(region, clients);
      return clients;
    },
    destroy() {
      for (const { poll, ask, act } of regions.values()) {
        for (const clients of [poll, ask, act]) {
          for (const client of Object.values(clients)) client.destroy();
        }
      }
      regions.clear();
    },
  };
}

/** Milliseconds. Without `throwOnRequestTimeout` the SDK only logs that a time limit has passed. */
const timeLimits = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

function pollClients(region: string): Clients {
  return clientsOf({
    region,
    retryMode: 'adaptive',
    maxAttempts: 3,
    requestHandler: { ...timeLimits, requestTimeout: 10_000 },
  });
}

function askClients(region: string): Clients {
  return clientsOf({ region, retryMode: 'standard', maxAttempts: 4, requestHandler: timeLimits });
}

function actClients(region: string): Clients {
  return clientsOf({ region, retryMode: 'standard', maxAttempts: 8, requestHandler: timeLimits });
}

function clientsOf(settings: {
  region: string;
  retryMode: 'adaptive' | 'standard';
  maxAttempts: number;
  requestHandler: typeof timeLimits;
}): Clients {
  // Each client gets settings of its own: the SDK keeps state in the objects it is given.
  return {
    ecs: new ECSClient({ ...settings }),
    loadBalancing: new ElasticLoadBalancingV2Client({ ...settings }),
    ecr: new ECRClient({ ...settings }),
    autoScaling: new ApplicationAutoScalingClient({ ...settings }),
    scheduler: new SchedulerClient({ ...settings }),
    sqs: new SQSClient({ ...settings }),
    cloudWatch: new CloudWatchClient({ ...settings }),
    logs: new CloudWatchLogsClient({ ...settings }),
  };
}

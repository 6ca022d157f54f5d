import type { SmokeTest } from './plan.ts';

/** Where one service runs in one region of an environment. */
export type Run = {
  region: string;
  cluster: string;
  /** The ECS service. */
  service: string;
  /** Public address, without a slash at the end. Absent for a worker. */
  url?: string;
};

export type ServicePolicy = {
  name: string;
  /** What a product manager calls it. */
  title: string;
  /** `web` behind a load balancer; `worker` without one, judged by running tasks and container health. */
  kind: 'web' | 'worker';
  /** GitHub repository, `owner/name`. */
  repository: string;
  /** Image template with `{account}`, `{region}` and `{commit}`. */
  image: string;
  /** Container of the task definition that carries the image; undefined: the only essential one. */
  container?: string;
  /** `contains` may hold `{version}` and `{commit}`. */
  smoke: { tests: SmokeTest[]; timesInARow: number };
  /** By environment, in the environment's order of regions. */
  runs: Record<string, Run[]>;
};

export type EnvironmentPolicy = {
  name: string;
  /** AWS account, 12 digits. */
  account: string;
  /** Slack channel id of its deployment messages. */
  channel: string;
  /** Branch whose newest release is deployed when nobody names another. */
  branch: string;
  regions: string[];
  /** What a deployment here is of when nobody names a service. Absent: only where there is just one. */
  defaultService?: string;
  strategy: 'rolling';
};

/** How often Forge looks and how long it waits. Milliseconds. */
export type Timing = {
  /** Between two looks at a service that is changing. */
  poll: number;
  /** Longest single observation before it is journaled. */
  observe: number;
  /** A release must be healthy within this time. */
  startWithin: number;
  /** Smoke tests must pass within this time. */
  smokeWithin: number;
  /** The platform may be silent this long before a person is asked. */
  silence: number;
  /** A question is answered with its safe answer after this time. */
  questionWithin: number;
  /** Least time between two edits of one message. */
  messageEvery: number;
  /** A running deployment's message is rendered again at least this often, for its clocks. */
  messageRefresh: number;
};

export type Policy = {
  /** Sha256 of the file's meaning: which policy a decision was made under. */
  version: string;
  services: ServicePolicy[];
  environments: EnvironmentPolicy[];
  /** Slack user ids who are told when Forge itself cannot get on. */
  admins: string[];
  timing: Timing;
};

export function serviceNamed(policy: Policy, name: string): ServicePolicy | undefined {
  return policy.services.find((service) => service.name === name);
}

export function environmentNamed(policy: Policy, name: string): EnvironmentPolicy | undefined {
  return policy.environments.find((environment) => environment.name === name);
}

/** The services that run in an environment. */
export function servicesIn(policy: Policy, environment: string): ServicePolicy[] {
  return policy.services.filter((service) => service.runs[environment] !== undefined);
}

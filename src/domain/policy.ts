import type { ApprovalPolicy } from './approval.ts';
import type { WindowPolicy } from './calendar/window.ts';
import type { CheckPolicy } from './check.ts';
import type { GatePolicy } from './gate-policy.ts';
import type { PeoplePolicy } from './people-policy.ts';
import type { SmokeTest } from './plan.ts';
import type { Colour } from './release.ts';

/** Where one service runs in one region of an environment: on one ECS service, or on two in colours. */
export type Run = {
  region: string;
  cluster: string;
  /** Public address, without a slash at the end. Absent for a worker. */
  url?: string;
} & (
  | {
      /** The ECS service. */
      service: string;
      colours?: undefined;
    }
  | { service?: undefined; colours: Colours }
);

/** Two ECS services behind one load balancer, of which one takes the traffic. */
export type Colours = Record<Colour, ColourPlace> & {
  /** Listener rules whose weights split the traffic, by ARN; several where several listeners or hosts lead to it. */
  rules: string[];
  /**
   * Takes a request to one colour whatever the weights: this header with the secret of the environment variable
   * `valueFrom`, a dash and the colour. There is a rule for each colour.
   */
  preview: { header: string; valueFrom: string };
};

export type ColourPlace = {
  /** The ECS service. */
  service: string;
  /** ARN. */
  targetGroup: string;
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
  /** Instead of the environment's. */
  strategies: Record<string, StrategyPolicy>;
  /** Instead of the environment's, where the service has limits of its own. */
  gates: Record<string, GatePolicy>;
  /** What it shares with all its colours; by environment. */
  database: Record<string, DatabasePolicy>;
  /** By environment, in the environment's order of regions. */
  runs: Record<string, Run[]>;
  /** Of every release of it, in this order; an environment's own come after. */
  checks: CheckPolicy[];
  /** How an image that is not there yet is made. Absent: somebody else makes it. */
  build?: BuildPolicy;
};

/** A GitHub workflow that makes the image of a commit it is given. */
export type BuildPolicy = {
  /** File name under `.github/workflows`. */
  workflow: string;
  /** The branch or tag whose version of the workflow is used. */
  ref: string;
  /** Milliseconds. */
  within: number;
};

/** An RDS instance whose connections are watched. */
export type DatabasePolicy = { instance: string; maxConnections: number; poolPerTask?: number };

/** `bake` is in milliseconds; `approve`: a person lets it go on after that. */
export type ShiftStep = { weight: number; bake: number; approve?: true };

export type StrategyPolicy =
  | { kind: 'rolling' }
  /** Traffic is moved in these steps, the last of them to 100. */
  | { kind: 'blue-green' | 'canary'; steps: ShiftStep[] };

export type StrategyName = StrategyPolicy['kind'];

/** What happens when Forge dies while traffic is split. */
export type DeadManPolicy = {
  /** Silence after which traffic returns by itself. Milliseconds. */
  after: number;
  /** ARN of the role EventBridge Scheduler moves traffic with. */
  role: string;
  /** When it cannot be armed: ask people, or go on without. */
  otherwise: 'ask' | 'go on';
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
  strategy: StrategyPolicy;
  gates: GatePolicy;
  /** How long the colour that was live stays warm after a deployment. Milliseconds. */
  standby: number;
  /** Absent: off. */
  deadMan?: DeadManPolicy;
  /** What a deployment here needs before it may start. Absent: nobody is asked. */
  approvals?: ApprovalPolicy;
  /** Absent: deployments may begin at any time. */
  windows?: WindowPolicy;
  /** What a release needs here besides the service's own checks, in this order. */
  checks: CheckPolicy[];
  /** What is deployed here without a person asking. Absent: nothing. */
  triggers?: TriggerPolicy;
};

/** Patterns of names, with `*` for anything but a slash and `**` for anything. */
export type TriggerPolicy = {
  /** Branches whose pushes are deployed. */
  push?: string;
  /** Tags that are deployed. */
  tag?: string;
};

/** How Forge works with GitHub. */
export type GithubPolicy = {
  /** `webhook`: GitHub tells Forge; `polling`: Forge asks every `pollEvery` milliseconds. Absent: nothing is deployed without a person. */
  triggers?: { kind: 'webhook' } | { kind: 'polling'; pollEvery: number };
  /** Slack ids by GitHub login (in lower case). */
  people: Record<string, string>;
  ship: ShipPolicy;
};

export type ShipPolicy = {
  /** The branch pull requests go into. */
  base: string;
  labels: string[];
  /** Logins and `org/team`; `codeowners`: whoever the repository's CODEOWNERS names for what changed. */
  reviewers: 'codeowners' | string[];
  merge: 'merge' | 'squash' | 'rebase';
  /** How many other people must have approved it on GitHub. */
  reviews: number;
  /** Where it is deployed once it is merged. Absent: the first environment whose branch is `base`. */
  then?: string;
};

/** Where commands of checks run. */
export type RunnerPolicy = {
  /**
   * `bubblewrap`: in namespaces of their own, in which nothing of this machine is to be seen; `user`: as another user of this
   * machine; `none`: as Forge itself, so that whoever may push a branch may read everything Forge can.
   */
  isolation: 'bubblewrap' | 'user' | 'none';
  /** Name of the user; of `user` always, of `bubblewrap` where Forge is root. */
  user?: string;
  /** What a command may reach while it runs; installing always has the network. */
  network: 'none' | 'open';
  /** What those that have a network may speak to, as `within` of the runner reads it. Of `bubblewrap` only; absent: nothing. */
  reach?: readonly string[];
  /** So many at the same time. */
  atOnce: number;
  /** Folder of mirrors and checkouts. Absent: beside the database. */
  folder?: string;
};

/** Commands of checks run in tasks of ECS, one for each, that have no role of AWS. */
export type TaskRunnerPolicy = {
  isolation: 'ecs-task';
  /** What a task reaches is up to its security groups. */
  network: 'open';
  atOnce: number;
  task: CheckTask;
};

export type CheckTask = {
  region: string;
  cluster: string;
  /** Family of the task definition, or `family:revision`. */
  definition: string;
  /** Ids. */
  subnets: string[];
  /** Ids. */
  securityGroups: string[];
  /** For subnets that reach the internet without a NAT gateway. */
  publicAddress: boolean;
};

/** Where EventBridge Scheduler tells Forge that a schedule is due. The queues are standard ones of SQS in one region. */
export type SchedulesPolicy = {
  /** ARN of the queue that Forge listens to. */
  queue: string;
  /** ARN of the queue for what EventBridge Scheduler cannot deliver. */
  deadLetters: string;
  /** ARN of the role EventBridge Scheduler sends with. */
  role: string;
  /** Name of the schedule group. */
  group: string;
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
  /** Between a change of weights and the first measurement that counts for it. */
  settle: number;
  /** Between two synthetic requests to each colour. */
  probe: number;
  /** Of the load balancer's metrics: 60 s at AWS. */
  metricPeriod: number;
  /** A metric that is not there so long after its period has ended will not come any more. */
  metricDelay: number;
  /** How long a bake waits for enough requests before people are asked. */
  evidenceWithin: number;
  /** How long traffic is watched after it was moved back. */
  watchAfterReturn: number;
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
  /** The first 16 hexadecimal digits of the sha256 of the file's meaning: which policy a decision was made under. */
  version: string;
  services: ServicePolicy[];
  environments: EnvironmentPolicy[];
  /** Who may do what where, and who is called. */
  people: PeoplePolicy;
  timing: Timing;
  /** Absent: schedules go by Forge's own clock alone. */
  schedules?: SchedulesPolicy;
  /** Absent: Forge does not talk to GitHub. */
  github?: GithubPolicy;
  /** Absent: there are no command checks. */
  runner?: RunnerPolicy | TaskRunnerPolicy;
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

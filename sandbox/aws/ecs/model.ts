import type { Image } from '../ecr/image.ts';
import type { Scope } from '../names.ts';
import type { ContainerDefinition, Tag, TaskDefinitionInput } from './task-definition-input.ts';
import type { TaskProcess } from './task-process.ts';

export type Cluster = Scope & { arn: string; name: string };

export type TaskDefinition = Scope & {
  arn: string;
  family: string;
  revision: number;
  registeredAt: Date;
  input: TaskDefinitionInput;
  tags: Tag[];
};

export type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export type Deployment = {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  taskDefinition: TaskDefinition;
  desiredCount: number;
  failedTasks: number;
  rolloutState: RolloutState;
  rolloutStateReason: string;
  createdAt: Date;
  updatedAt: Date;
  /** The scheduler starts nothing before this moment, milliseconds since 1970. */
  startsAfterMs: number;
  /** Tasks of the seed skip the wait for a place and the pull. */
  isSeeded: boolean;
};

export type CircuitBreaker = {
  enable: boolean;
  rollback: boolean;
  resetOnHealthyTask: boolean;
  threshold: { type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT'; value: number };
};

export type Service = Scope & {
  arn: string;
  name: string;
  cluster: Cluster;
  desiredCount: number;
  /** ARN; absent for a worker. */
  targetGroup?: string;
  container: { name: string; port: number };
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: CircuitBreaker;
  healthCheckGracePeriodSeconds: number;
  /** The PRIMARY one first. */
  deployments: Deployment[];
  lastCompleted?: Deployment;
  /** Newest first. */
  events: { id: string; createdAt: Date; message: string }[];
  isSteady: boolean;
  createdAt: Date;
  tags: Tag[];
  /** What reads show until that moment, milliseconds since 1970. */
  stale?: { untilMs: number; view: object };
};

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated';

type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export type ContainerOverride = {
  name?: string | undefined;
  command?: string[] | undefined;
  environment?: { name?: string | undefined; value?: string | undefined }[] | undefined;
};

/** No exit code: it was not run, for this reason. */
export type ContainerState = { lastStatus: 'RUNNING' | 'STOPPED'; exitCode?: number; reason?: string };

export type Task = Scope & {
  id: string;
  arn: string;
  cluster: Cluster;
  taskDefinition: TaskDefinition;
  /** `service:<name>` or `family:<family>`. */
  group: string;
  startedBy?: string;
  service?: Service;
  deployment?: Deployment;
  overrides: ContainerOverride[];
  hasPublicAddress?: boolean;
  tags: Tag[];
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  health: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  /** Once it served well, its later end is no failure of its deployment. */
  wasReady: boolean;
  main: ContainerDefinition;
  image?: Image;
  port?: number;
  process?: TaskProcess;
  createdAt: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  stoppedAt?: Date;
  stopCode?: StopCode;
  stoppedReason?: string;
  exitCode?: number;
  containerReason?: string;
  /** By name, of a task whose containers are really run. */
  containers?: Record<string, ContainerState>;
};

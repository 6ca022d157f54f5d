import type { ScalableTarget, ScalingActivity, ScalingPolicy } from './autoscaling/model.ts';
import type { Image } from './ecr/image.ts';
import type { Cluster, Service, Task, TaskDefinition } from './ecs/model.ts';
import type { LoadBalancer, Rule, TargetGroup } from './elb/model.ts';
import type { Schedule } from './event-scheduler/model.ts';
import type { LogStream } from './logs/model.ts';
import type { Queue } from './sqs/model.ts';
import type { Timing } from './timing.ts';

/** Everything this AWS knows, in memory. Whoever changes it says so by `changed()`. */
export type World = {
  readonly timing: Timing;
  readonly images: Image[];
  readonly clusters: Cluster[];
  readonly taskDefinitions: TaskDefinition[];
  readonly services: Service[];
  readonly tasks: Task[];
  readonly loadBalancers: LoadBalancer[];
  readonly targetGroups: TargetGroup[];
  readonly rules: Rule[];
  readonly schedules: Schedule[];
  readonly queues: Queue[];
  readonly logStreams: LogStream[];
  readonly scalableTargets: ScalableTarget[];
  readonly scalingPolicies: ScalingPolicy[];
  readonly scalingActivities: ScalingActivity[];
  /** The host under which customers reach the load balancers. */
  readonly publicHost: () => string;
  /** Tells the load balancers' process, and everyone who watches. */
  readonly changed: () => void;
};

export function emptyWorld(base: Pick<World, 'timing' | 'publicHost' | 'changed'>): World {
  return {
    ...base,
    images: [],
    clusters: [],
    taskDefinitions: [],
    services: [],
    tasks: [],
    loadBalancers: [],
    targetGroups: [],
    rules: [],
    schedules: [],
    queues: [],
    logStreams: [],
    scalableTargets: [],
    scalingPolicies: [],
    scalingActivities: [],
  };
}

/** How long so many seconds of an AWS setting take in this world, milliseconds. */
export function scaledMs(world: World, seconds: number): number {
  return seconds * world.timing.secondMs;
}

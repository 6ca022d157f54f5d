import { z } from 'zod';

/** What the control plane tells the load balancers' process, and what that answers. */
const Condition = z.object({
  field: z.enum(['header', 'host', 'path']),
  /** The header's name, lower case. Only for `header`. */
  name: z.string().default(''),
  /** One must match; `*` and `?` are wildcards. */
  values: z.array(z.string()),
});
export type Condition = z.infer<typeof Condition>;

const Rule = z.object({
  /** All must match. The default rule has none. */
  conditions: z.array(Condition),
  forward: z.array(z.object({ targetGroup: z.string(), weight: z.number() })),
  /** How long a client stays with its target group, milliseconds; 0 = not at all. */
  stickyMs: z.number(),
});
export type Rule = z.infer<typeof Rule>;

const Listener = z.object({
  arn: z.string(),
  /** 0 = any free port. A port that is taken is replaced by a free one. */
  port: z.int(),
  /** A target that sends nothing for this long is given up (504), milliseconds. */
  idleTimeoutMs: z.number(),
  /** By priority; the default rule last. */
  rules: z.array(Rule),
});
export type Listener = z.infer<typeof Listener>;

const HealthCheck = z.object({
  path: z.string(),
  intervalMs: z.number(),
  timeoutMs: z.number(),
  healthyThreshold: z.int(),
  unhealthyThreshold: z.int(),
  /** Accepted status codes as AWS writes them: `200`, `200,202`, `200-299`. */
  codes: z.string(),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

const Target = z.object({ host: z.string(), port: z.int(), isDraining: z.boolean() });
export type Target = z.infer<typeof Target>;

const TargetGroup = z.object({
  arn: z.string(),
  healthCheck: HealthCheck,
  /** A group that no rule names gets no health checks. */
  isUsed: z.boolean(),
  /** How long a client stays with its target, milliseconds; 0 = not at all. */
  stickyMs: z.number(),
  targets: z.array(Target),
});
export type TargetGroup = z.infer<typeof TargetGroup>;

export const Configuration = z.object({
  /** Requests with the header `x-sandbox-probe` of this value are served but not counted. */
  probeToken: z.string(),
  listeners: z.array(Listener),
  targetGroups: z.array(TargetGroup),
});
export type Configuration = z.infer<typeof Configuration>;

export const HealthState = z.enum(['initial', 'healthy', 'unhealthy']);
export type HealthState = z.infer<typeof HealthState>;

/** What happened in one second on one listener, of one target group (or none: no rule led to a target). */
export const Bucket = z.object({
  /** Seconds since 1970. */
  second: z.int(),
  /** The load balancer node that served, from 0. */
  node: z.int(),
  listener: z.string(),
  targetGroup: z.string().optional(),
  /** Requests that a header led there, not the weights. */
  isPreview: z.boolean(),
  requests: z.int(),
  /** Answers of 500 and above, and connections that broke. */
  failures: z.int(),
  /** Sent to an unhealthy target because there was no healthy one. */
  failOpen: z.int(),
  /** Answers of targets by the first digit of the status code: `{ '2': 10, '5': 1 }`. */
  answers: z.record(z.string(), z.int()),
  /** Answers the load balancer made itself, by status code: 502, 503, 504. */
  own: z.record(z.string(), z.int()),
  /** Targets that refused or reset the connection. */
  connectionErrors: z.int(),
  /** Answers that broke off after their first byte. */
  cut: z.int(),
  /** Answers by the `x-version` they carried. */
  versions: z.record(z.string(), z.int()),
  /** Time to the first byte of each answer of a target, milliseconds, in order of arrival. */
  latenciesMs: z.array(z.number()),
});
export type Bucket = z.infer<typeof Bucket>;

/** The targets of one group as one node saw them at the end of a second. */
const HostCount = z.object({
  second: z.int(),
  node: z.int(),
  targetGroup: z.string(),
  healthy: z.int(),
  unhealthy: z.int(),
});
export type HostCount = z.infer<typeof HostCount>;

/** TCP connections of one listener at one node, at the end of a second. */
const ConnectionCount = z.object({
  second: z.int(),
  node: z.int(),
  listener: z.string(),
  /** Open ones, from clients and to targets. */
  active: z.int(),
  /** Clients' connections opened within the second. */
  opened: z.int(),
});
export type ConnectionCount = z.infer<typeof ConnectionCount>;

export const Readings = z.object({
  /** Since the process started, without previews. A failure is a 5xx or a cut connection. */
  totals: z.record(z.string(), z.object({ requests: z.int(), failures: z.int() })),
  buckets: z.array(Bucket),
  /** The sandbox's own requests, which are no traffic. */
  probes: z.array(Bucket),
  hosts: z.array(HostCount),
  connections: z.array(ConnectionCount),
});
export type Readings = z.infer<typeof Readings>;

export const ToDataPlane = z.discriminatedUnion('type', [
  /** What one node learns. `nodes`: how many serve, so that clients are spread over them. */
  z.object({
    type: z.literal('configure'),
    node: z.int(),
    nodes: z.int(),
    configuration: Configuration,
  }),
  z.object({ type: z.literal('read'), id: z.int(), sinceSecond: z.int() }),
]);
export type ToDataPlane = z.infer<typeof ToDataPlane>;

export const FromDataPlane = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), ports: z.record(z.string(), z.int()) }),
  z.object({
    type: z.literal('health'),
    targetGroup: z.string(),
    host: z.string(),
    port: z.int(),
    state: HealthState,
    reason: z.string().optional(),
    description: z.string().optional(),
  }),
  z.object({ type: z.literal('readings'), id: z.int(), readings: Readings }),
]);
export type FromDataPlane = z.infer<typeof FromDataPlane>;

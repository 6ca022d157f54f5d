import { z } from 'zod';

const longestMs = 120_000;
const Milliseconds = z.number().min(0).max(longestMs);

/** From at least to at most so long, milliseconds. */
const Range = z
  .strictObject({ minMs: Milliseconds, maxMs: Milliseconds })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, { message: 'minMs must not be above maxMs' });
export type Range = z.infer<typeof Range>;

const never: Range = { minMs: 0, maxMs: 0 };

const seconds: Range = { minMs: 500, maxMs: 5_000 };

const colours = ['blue', 'green', 'only'] as const;

/** How well the tasks of one colour or version, or all of a service, serve from now on, whatever their image does. */
const TaskBehaviour = z.strictObject({
  service: z.string(),
  environment: z.string(),
  colour: z.enum(colours).optional(),
  version: z.string().optional(),
  /** Pages answered with 500, percent (0-100). */
  errorPercent: z.number().min(0).max(100).optional(),
  /** Added to every page. */
  latencyMs: Milliseconds.optional(),
  /** Each task ends at the next request after so many. */
  crashAfterRequests: z.int().min(0).optional(),
});
export type TaskBehaviour = z.infer<typeof TaskBehaviour>;

/** What is null ends, what is left out stays as it is. */
export const TaskBehaviourChange = TaskBehaviour.extend({
  service: z.string({ error: 'a service of GET /sandbox/state' }),
  environment: z.string({ error: 'an environment of GET /sandbox/state' }),
  colour: z.enum(colours, { error: 'blue, green or only' }).optional(),
  errorPercent: z.number().min(0).max(100).nullish(),
  latencyMs: Milliseconds.nullish(),
  crashAfterRequests: z.int().min(0).nullish(),
});
export type TaskBehaviourChange = z.infer<typeof TaskBehaviourChange>;

/** The services of AWS whose reads may be late, as credentials name them. */
const Service = z.enum(['ecs', 'elasticloadbalancing', 'ecr', 'application-autoscaling', 'scheduler']);

/** How this AWS misbehaves all the time, as the real one may. */
export const AwsSettings = z.strictObject({
  /** Makes the chances of late reads and late metrics come out the same again. */
  seed: z.int().min(0),
  /** Added to the answer of every operation. */
  latency: Range,
  /** Reads of these services see the world as it was so long ago, at one of two replicas that disagree. */
  staleReads: z.strictObject({ services: z.array(Service), age: Range.default(seconds) }),
  /** Load balancer nodes; with two, one learns every change so much later than the other. */
  nodes: z.strictObject({
    count: z.union([z.literal(1), z.literal(2)], { error: '1 or 2' }),
    lag: Range.default(seconds),
  }),
  /** A second's numbers appear so long after its end; for `growMs` more only half of them. */
  metrics: z.strictObject({ lag: Range, growMs: Milliseconds.default(0) }),
  /** What every page of every task waits for, like a database they share. */
  dependency: z.strictObject({ latencyMs: Milliseconds }),
  behaviours: z.array(TaskBehaviour),
  /** Whether there is room for tasks that no service starts. */
  room: z.enum(['enough', 'none'], { error: 'enough or none' }),
});
export type AwsSettings = z.infer<typeof AwsSettings>;

/** What is given replaces what was; the rest stays. */
export const AwsSettingsChange = AwsSettings.partial();
export type AwsSettingsChange = z.input<typeof AwsSettingsChange>;

/** Nothing of it is on unless asked for. */
export const quietSettings: AwsSettings = {
  seed: 1,
  latency: never,
  staleReads: { services: [], age: seconds },
  nodes: { count: 1, lag: seconds },
  metrics: { lag: never, growMs: 0 },
  dependency: { latencyMs: 0 },
  behaviours: [],
  room: 'enough',
};

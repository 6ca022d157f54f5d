import { z } from 'zod';
import { digestOf } from './json.ts';
import { Live, Place, Release } from './release.ts';

/** One request that must be answered as expected, `timesInARow` times. */
export const SmokeTest = z.strictObject({
  method: z.enum(['GET', 'HEAD']),
  /** Path and query, starting with a slash; appended to the environment's URL. */
  path: z.string(),
  status: z.int(),
  /** Text the body must contain; `{version}` and `{commit}` already replaced. */
  contains: z.string().optional(),
});
export type SmokeTest = z.infer<typeof SmokeTest>;

const stepBase = { id: z.string(), region: z.string() };

/** One thing a deployment will do, as data: digest, checklist and journal names all come from it. */
export const Step = z.discriminatedUnion('kind', [
  z.strictObject({ ...stepBase, kind: z.literal('start'), on: Place, withinSeconds: z.int() }),
  /** Puts a revision that exists already back in service; what a rollback does. */
  z.strictObject({
    ...stepBase,
    kind: z.literal('restore'),
    on: Place,
    revision: z.string(),
    withinSeconds: z.int(),
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('smoke'),
    through: z.literal('public'),
    url: z.string(),
    tests: z.array(SmokeTest),
    timesInARow: z.int(),
    withinSeconds: z.int(),
  }),
  /** The running tasks carry the release's image digest. */
  z.strictObject({ ...stepBase, kind: z.literal('verify'), on: Place, withinSeconds: z.int() }),
]);
export type Step = z.infer<typeof Step>;

export const Plan = z.strictObject({
  strategy: z.string(),
  /** What was live when the plan was made; what an abort or a failure puts back. By region. */
  from: z.record(z.string(), Live),
  to: Release,
  steps: z.array(Step),
  /** Sha256 of everything above: what a vote or a click was about. */
  digest: z.string(),
});
export type Plan = z.infer<typeof Plan>;

export function makePlan(content: Omit<Plan, 'digest'>): Plan {
  return { ...content, digest: digestOf(content) };
}

/** The regions of a plan in the order they are deployed. */
export function regionsOf(plan: Plan): string[] {
  return [...new Set(plan.steps.map((step) => step.region))];
}

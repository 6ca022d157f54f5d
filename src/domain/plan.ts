import { z } from 'zod';
import { GatePolicy } from './gate-policy.ts';
import { digestOf } from './json.ts';
import { Colour, Live, Place, Release } from './release.ts';
import { Split } from './traffic.ts';

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

/** How a request reaches one colour: this header, with the secret of that environment variable, a dash and the colour. */
export const Preview = z.strictObject({ header: z.string(), valueFrom: z.string(), colour: Colour });
export type Preview = z.infer<typeof Preview>;

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
    /** Tasks wanted. Absent: as many as there are wanted now. */
    desired: z.int().optional(),
    withinSeconds: z.int(),
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('smoke'),
    /** `preview`: a header takes the request to one colour, whatever the weights. */
    through: z.enum(['public', 'preview']),
    preview: Preview.optional(),
    url: z.string(),
    tests: z.array(SmokeTest),
    timesInARow: z.int(),
    withinSeconds: z.int(),
  }),
  /** The running tasks carry the release's image digest. */
  z.strictObject({ ...stepBase, kind: z.literal('verify'), on: Place, withinSeconds: z.int() }),
  /** Arms the dead-man switch: if Forge falls silent for so long, traffic returns to `to` by itself. */
  z.strictObject({ ...stepBase, kind: z.literal('arm'), to: Colour, afterSeconds: z.int() }),
  /** Moves traffic until `weight` percent of it go to the new colour `to`. */
  z.strictObject({
    ...stepBase,
    kind: z.literal('shift'),
    to: Colour,
    weight: z.int().min(1).max(100),
    settleSeconds: z.number(),
  }),
  /** Watches the new colour at its weight under gates. */
  z.strictObject({
    ...stepBase,
    kind: z.literal('bake'),
    to: Colour,
    weight: z.int().min(1).max(100),
    seconds: z.number(),
  }),
  /** Waits for a person's go-ahead after the bake at `weight`; the gates stay on. */
  z.strictObject({ ...stepBase, kind: z.literal('approve'), to: Colour, weight: z.int() }),
  /** Takes the dead-man switch away and proves that it is gone. */
  z.strictObject({ ...stepBase, kind: z.literal('disarm') }),
  /** Keeps the colour that was live before warm; a rollback is instant for so long. */
  z.strictObject({ ...stepBase, kind: z.literal('standby'), on: Colour, seconds: z.int() }),
  /** Moves all traffic back to the colour `to`: reads, writes, reads back. Those of all regions run side by side. */
  z.strictObject({
    ...stepBase,
    kind: z.literal('return'),
    to: Colour,
    /** Revision that must be there. */
    revision: z.string(),
    /** Tasks that must be healthy first. 1 where a person called it an emergency. */
    needs: z.int(),
    /** Weights that somebody else set, which the person who confirmed this saw: they alone may be overridden. */
    over: z.array(Split).optional(),
  }),
  /** Watches the colour that traffic returned to. */
  z.strictObject({ ...stepBase, kind: z.literal('watch'), on: Colour, seconds: z.number() }),
  /** Scales the colour that lost its traffic to 0. */
  z.strictObject({ ...stepBase, kind: z.literal('retire'), on: Colour }),
]);
export type Step = z.infer<typeof Step>;

export const Plan = z.strictObject({
  strategy: z.string(),
  /** What was live when the plan was made; what an abort or a failure puts back. By region. */
  from: z.record(z.string(), Live),
  to: Release,
  steps: z.array(Step),
  /** What it is judged by on the way. Absent: no step of it is judged by measurements. */
  gates: GatePolicy.optional(),
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

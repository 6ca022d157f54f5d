import { parse } from 'yaml';
import { z } from 'zod';

/** A setting that may hold `${{ }}`; whatever stands there is text once that is filled in. */
const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Texts = z.record(z.string(), Text).default({});

const Step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: Text.optional(),
  uses: z.string().optional(),
  with: Texts,
  run: z.string().optional(),
  env: Texts,
});
export type StepPlan = z.output<typeof Step>;

const Job = z.strictObject({
  name: z.string().optional(),
  needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  'runs-on': z.unknown().optional(),
  'timeout-minutes': z.number().default(360),
  permissions: z.unknown().optional(),
  env: Texts,
  steps: z.array(Step).min(1),
});
export type JobPlan = z.output<typeof Job>;

const Patterns = z.array(z.string()).optional();
const Input = z.strictObject({
  description: z.string().optional(),
  required: z.boolean().default(false),
  default: Text.optional(),
  type: z.enum(['string', 'boolean', 'choice', 'number', 'environment']).default('string'),
  options: z.array(z.string()).optional(),
});
const On = z.strictObject({
  push: z.strictObject({ branches: Patterns, tags: Patterns }).nullish(),
  pull_request: z.strictObject({ branches: Patterns }).nullish(),
  workflow_dispatch: z.strictObject({ inputs: z.record(z.string(), Input).nullish() }).nullish(),
});

const Workflow = z.strictObject({
  name: z.string().optional(),
  'run-name': z.string().optional(),
  on: z.preprocess(asMap, On),
  concurrency: z
    .union([
      z.string().transform((group) => ({ group, 'cancel-in-progress': false })),
      z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean().default(false) }),
    ])
    .optional(),
  permissions: z.unknown().optional(),
  env: Texts,
  jobs: z.record(z.string(), Job),
});
export type Workflow = z.output<typeof Workflow>;

/**
 * What this runner understands of a workflow file: exactly what the workflows of the samples use. Throws an error whose message is a
 * sentence about what it does not.
 */
export function parseWorkflow(text: string): Workflow {
  const parsed = Workflow.safeParse(parse(text));
  if (!parsed.success)
    throw new Error(`This is no workflow that can be run here: ${z.prettifyError(parsed.error)}`);
  const { jobs } = parsed.data;
  for (const [id, { needs }] of Object.entries(jobs)) {
    const unknown = needs.find((one) => jobs[one] === undefined || one === id);
    if (unknown !== undefined)
      throw new Error(`The job ${id} needs ${unknown}, which is none of the other jobs.`);
  }
  return parsed.data;
}

/** `on: push` and `on: [push, pull_request]` as the map they stand for. */
function asMap(on: unknown): unknown {
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((one) => [String(one), null]));
  return on;
}

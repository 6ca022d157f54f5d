import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const group = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value).catch({});

const colour = z.object({ service: text, 'target group': text }).catch({});

const run = z
  .object({
    url: z.unknown().optional(),
    cluster: text,
    service: text,
    blue: colour.default({}),
    green: colour.default({}),
    rules: z.array(text).catch([]),
  })
  .catch({ blue: {}, green: {}, rules: [] });

/** One of them, or a list. */
const holidays = z
  .preprocess((written) => (Array.isArray(written) ? written : [written]), z.array(z.string().catch('')))
  .catch([]);

/**
 * What the sections of a policy file say about each other, read from a file of any shape: so that a wrong name
 * is told together with a missing key elsewhere, not one after the other.
 */
export const Outline = z
  .object({
    aws: group(z.unknown()),
    services: group(
      z
        .object({
          kind: text,
          image: text,
          smoke: z.array(z.unknown()).catch([]),
          runs: group(group(run)),
        })
        .catch({ kind: undefined, image: undefined, smoke: [], runs: {} }),
    ),
    environments: group(
      z
        .object({
          regions: z.array(z.string()).optional().catch(undefined),
          'default service': text,
          windows: z.object({ holidays }).catch({ holidays: [] }),
        })
        .catch({ regions: undefined, 'default service': undefined, windows: { holidays: [] } }),
    ),
  })
  .catch({ aws: {}, services: {}, environments: {} });
export type Outline = z.infer<typeof Outline>;

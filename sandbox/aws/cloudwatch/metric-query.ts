import { z } from 'zod';

export const Dimensions = z
  .array(z.object({ Name: z.string().min(1), Value: z.string().min(1) }))
  .max(30)
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

const MetricStat = z.object({
  Metric: z.object({ Namespace: z.string().min(1), MetricName: z.string().min(1), Dimensions }),
  Period: z.int().min(1),
  Stat: z.string().min(1),
  Unit: z.string().optional(),
});
export type MetricStat = z.infer<typeof MetricStat>;

export const MetricQuery = z.object({
  Id: z.string().min(1).max(255),
  MetricStat: MetricStat.optional(),
  Expression: z.string().min(1).max(2_048).optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
  Period: z.int().min(1).optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

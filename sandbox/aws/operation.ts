import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import type { TaskLife } from './ecs/task-life.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import type { Scope } from './names.ts';
import type { AwsSettings } from './settings.ts';
import type { World } from './world.ts';

/** What an operation works on: the caller's account and region, the world, and what was measured of it. */
export type Context = {
  scope: Scope;
  world: World;
  tasks: TaskLife;
  metrics: MetricStore;
  /** As they are now. */
  settings: () => AwsSettings;
  /** As the caller reached this AWS, with the port; absent for calls it makes to itself. */
  host?: string;
};

/** One operation of the API. Answers at once: whatever takes time goes on behind it, as in AWS. */
export type Operation = (input: unknown, context: Context) => object;

/**
 * Goes before an operation that waits for something to happen. `gone`: nothing is done, for the caller has given up, as
 * the signal told.
 */
export type LongPoll = (
  input: unknown,
  context: Pick<Context, 'scope' | 'world'>,
  gone: AbortSignal,
) => Promise<'act' | 'gone'>;

/** An operation with its input parsed; what does not fit is refused with `refusal`. */
export function operation<Input extends z.ZodType>(
  schema: Input,
  refusal: string,
  run: (input: z.output<Input>, context: Context) => object,
): Operation {
  return (raw, context) => {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new AwsError(refusal, z.prettifyError(parsed.error));
    return run(parsed.data, context);
  };
}

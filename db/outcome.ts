import { z } from 'zod';
import type { Outcome as EngineOutcome } from '../jobs/engine/driver.ts';
import { JsonValue } from './json-value.ts';

/** How an operation ended, as its row keeps it. A value that is `undefined` is left out, never made `null`. */
export const Outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ok'), value: JsonValue.optional() }),
  z.strictObject({ kind: z.literal('failed'), errorName: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal('aborted'), by: z.string(), reason: z.string() }),
]) satisfies z.ZodType<EngineOutcome>;

import { z } from 'zod';
import { JsonValue } from './json-value.ts';

/** Any JSON, `null` and nothing at all told apart. */
export const Wrapped = z.strictObject({ value: JsonValue.optional() });

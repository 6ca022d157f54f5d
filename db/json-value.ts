import { z } from 'zod';
import type { Json } from '../src/domain/json.ts';

export const JsonValue: z.ZodType<Json> = z.json();

import { z } from 'zod';
import { LONGEST_REASON } from './typed.ts';

/** Why somebody asks, as typed. */
export const Reason = z
  .string()
  .max(LONGEST_REASON, `A reason has at most ${LONGEST_REASON} characters. Shorten it, and link to the rest.`)
  .optional();

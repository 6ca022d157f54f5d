import { z } from 'zod';
import { LONGEST_REASON } from './typed.ts';

/** Milliseconds since the epoch. */
export const Time = z.int({ error: 'Choose a day and a time.' });

export const RequiredReason = z
  .string({ error: 'Say why: people who have to wait will read it.' })
  .min(1, 'Say why: people who have to wait will read it.')
  .max(
    LONGEST_REASON,
    `A reason has at most ${LONGEST_REASON} characters. Shorten it, and link to the rest.`,
  );

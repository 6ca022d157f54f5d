import { z } from 'zod';
import { words } from './words.ts';

const count = 'Write a whole number of connections, at least 1.';

/** The database a service uses in an environment. */
export const Database = z
  .strictObject({
    instance: words({
      what: 'the name of an RDS instance',
      how: 'It is its DB identifier, not the address.',
      pattern: /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
    }),
    'max connections': z.int(count).min(1, count).describe('The most it allows at once.'),
    'pool per task': z
      .int(count)
      .min(1, count)
      .optional()
      .describe('The most that one task opens; both colours together must fit.'),
  })
  .describe('An RDS instance whose connections are watched.');

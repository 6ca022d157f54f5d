import { z } from 'zod';

/** How people may have it deployed. */
export const Strategy = z.enum(['rolling', 'blue-green', 'canary'], {
  error: 'Choose how: rolling, blue-green or canary.',
});

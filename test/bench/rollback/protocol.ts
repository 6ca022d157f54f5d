import { z } from 'zod';

/** What the process of the sandbox says when its services serve. */
export const Listening = z.object({
  origin: z.string(),
  /** The sandbox's policy file with the addresses of this world. */
  policy: z.string(),
});
export type Listening = z.infer<typeof Listening>;

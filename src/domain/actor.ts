import { z } from 'zod';

/** Who caused an event: a person, a job of Forge's own, or a trigger from outside. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    userId: z.string(),
    via: z.enum(['command', 'button', 'form', 'home']),
  }),
  z.strictObject({ kind: z.literal('job'), run: z.string() }),
  z.strictObject({ kind: z.literal('trigger'), source: z.enum(['github', 'schedule']), id: z.string() }),
]);
export type Actor = z.infer<typeof Actor>;

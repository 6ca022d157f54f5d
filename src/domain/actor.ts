import { z } from 'zod';

/** Who pushed, as far as anybody knows. */
export const Pusher = z.strictObject({
  /** What they are called on the code host. Foreign text. */
  login: z.string().optional(),
  /** Slack id. */
  person: z.string().optional(),
});
export type Pusher = z.infer<typeof Pusher>;

/** Who caused an event: a person, a job of Forge's own, or a trigger from outside. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    userId: z.string(),
    via: z.enum(['command', 'button', 'form', 'home']),
  }),
  z.strictObject({ kind: z.literal('job'), run: z.string() }),
  z.strictObject({
    kind: z.literal('trigger'),
    source: z.enum(['github', 'schedule']),
    id: z.string(),
    /** Absent: nobody pushed anything. */
    pusher: Pusher.optional(),
  }),
]);
export type Actor = z.infer<typeof Actor>;

import { z } from 'zod';

/** What the bench asks of the sandbox's process. */
export const Order = z.object({
  workspace: z.enum(['forge', 'bare']),
  /** How many commands are typed at the same moment. */
  commands: z.int().min(1),
  /** Part of every command's words, so that each can be found again. */
  label: z.string(),
  /** At each acknowledgement, look in this database for the command. */
  lookIn: z.string().optional(),
  /** Kill this process right at the acknowledgement with this number. */
  kill: z.object({ pid: z.int(), atAck: z.int() }).optional(),
});
export type Order = z.infer<typeof Order>;

/** What became of one command, as Slack saw it. */
export const Typed = z.object({
  words: z.string(),
  /** Milliseconds from the delivery to the acknowledgement; absent when there was none. */
  ackMs: z.number().optional(),
  /** Whether another connection found it in the database at the acknowledgement; absent when nobody looked. */
  isKept: z.boolean().optional(),
});
export type Typed = z.infer<typeof Typed>;

export const Report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), origins: z.object({ forge: z.string(), bare: z.string() }) }),
  z.object({ kind: z.literal('typed'), label: z.string(), typed: z.array(Typed) }),
]);
export type Report = z.infer<typeof Report>;

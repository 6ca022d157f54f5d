import { z } from 'zod';
import { otherVersion } from './other-version.ts';

/** What a button or a form was shown for; absent for typed words. */
export const Seen = {
  generation: z.int().optional(),
  digest: z.string().optional(),
};

/** Both, or neither. Throws a `UserError` for one without the other, which nothing of this version carries. */
export function seenOf(input: {
  generation?: number | undefined;
  digest?: string | undefined;
}): { generation: number; digest: string } | undefined {
  const { generation, digest } = input;
  if (generation === undefined && digest === undefined) return undefined;
  if (generation === undefined || digest === undefined) throw otherVersion('button');
  return { generation, digest };
}

const Hidden = z.strictObject({ deployment: z.int(), generation: z.int(), digest: z.string() });

/** What a form was shown for, from its hidden part. Throws a `UserError` for the form of another version. */
export function shownFor(hidden: unknown): z.infer<typeof Hidden> {
  const parsed = Hidden.safeParse(hidden);
  if (parsed.success) return parsed.data;
  throw otherVersion('form', parsed.error);
}

const HiddenRollback = Hidden.extend({ plan: z.string().optional(), version: z.string().optional() });

/** The same for a rollback: with the plan that was shown, and the release that was named. */
export function rollbackShownFor(hidden: unknown): z.infer<typeof HiddenRollback> {
  const parsed = HiddenRollback.safeParse(hidden);
  if (parsed.success) return parsed.data;
  throw otherVersion('form', parsed.error);
}

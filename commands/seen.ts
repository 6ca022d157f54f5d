import { z } from 'zod';

/** What a button or a form was shown for; absent for typed words. */
export const Seen = {
  generation: z.int().optional(),
  digest: z.string().optional(),
};

/** Both, or neither. */
export function seenOf(input: {
  generation?: number | undefined;
  digest?: string | undefined;
}): { generation: number; digest: string } | undefined {
  const { generation, digest } = input;
  return generation === undefined || digest === undefined ? undefined : { generation, digest };
}

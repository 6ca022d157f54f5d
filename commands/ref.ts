import { z } from 'zod';

/** What people call a release. */
export const Ref = z
  .string()
  .regex(
    /^[\w./@+-]{1,100}$/u,
    'A version, branch or commit is one word of letters, digits and . _ - / @ +, at most 100 characters long.',
  );

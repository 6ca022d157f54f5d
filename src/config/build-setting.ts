import { z } from 'zod';
import type { BuildPolicy } from '../domain/policy.ts';
import { Duration } from './duration.ts';
import { RefName } from './repository-names.ts';
import { words } from './words.ts';

/** How an image that is not there yet is made. */
export const Build = z
  .strictObject({
    workflow: words({
      what: 'the file name of a GitHub workflow',
      how: 'It lies in .github/workflows. Write it like deploy.yml.',
      pattern: /^[\w-][\w.-]{0,99}\.ya?ml$/,
    }),
    ref: RefName.default('main').describe('The branch or tag whose version of the workflow is used.'),
    within: Duration.default(1_800_000).describe('How long it may take.'),
  })
  .transform((written): BuildPolicy => written)
  .describe(
    'The workflow that makes the image of a commit, like { workflow: deploy.yml, ref: main, within: 30m }. Left out: somebody else makes it.',
  );

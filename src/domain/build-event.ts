import { z } from 'zod';
import { BuildJob } from './build.ts';

/** How the image of its release is made. Part of `DeploymentEvent`. */
export const BuildEvent = z.discriminatedUnion('type', [
  /** The image is to be made; `correlation` will be in the name of the run that makes it. */
  z.strictObject({ type: z.literal('build-started'), correlation: z.string(), workflow: z.string() }),
  /** How far it is; each replaces the one before. */
  z.strictObject({
    type: z.literal('build-progressed'),
    run: z.int(),
    /** Absent: it is not known yet. */
    url: z.string().optional(),
    jobs: z.array(BuildJob),
  }),
  /** There is no image; a person may have it made again. */
  z.strictObject({
    type: z.literal('build-failed'),
    says: z.string(),
    tail: z.array(z.string()).optional(),
    url: z.string().optional(),
    /** Milliseconds since the epoch. */
    deadline: z.int(),
  }),
  z.strictObject({ type: z.literal('build-retried') }),
  /** The image is in the registry of every region, and is of the commit. */
  z.strictObject({ type: z.literal('build-finished'), detail: z.string() }),
]);
export type BuildEvent = z.infer<typeof BuildEvent>;

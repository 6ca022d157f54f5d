import { z } from 'zod';

/** A digest as a registry names it, `sha256:` and 64 hexadecimal digits. */
export const ImageDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One commit of a service with its image digest in every region it may run in. */
export const Release = z.strictObject({
  service: z.string(),
  /** Full commit, 40 hexadecimal digits. Absent only where a release that Forge did not put there is put back. */
  commit: z.string().optional(),
  /** What people call it: `v1.1.0`, or the first 12 digits of the commit where nobody named it. */
  version: z.string(),
  digests: z.record(z.string(), ImageDigest),
});
export type Release = z.infer<typeof Release>;

/** One service in one environment and region: where an effect happens. */
export type Target = { service: string; environment: string; region: string };

/** Where in a target a release runs: `only` is a service without colours. */
export const Place = z.literal('only');
export type Place = z.infer<typeof Place>;

/** What serves a target now, as the platform itself says. */
export const Live = z.strictObject({
  place: Place,
  /** Task definition ARN of the revision that takes traffic. */
  revision: z.string(),
  version: z.string(),
  /** Absent where the image carries no commit tag. */
  commit: z.string().optional(),
  /** Absent where the live revision names its image by tag and the registry no longer has it. */
  digest: z.string().optional(),
});
export type Live = z.infer<typeof Live>;

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

/** One of a service's two ECS services, each behind its own target group. */
export const Colour = z.enum(['blue', 'green']);
export type Colour = z.infer<typeof Colour>;

/** Where in a target a release runs: `only` is a service without colours. */
export const Place = z.enum(['only', 'blue', 'green']);
export type Place = z.infer<typeof Place>;

/** The colour of a service in colours that takes no traffic. */
export const Idle = z.strictObject({
  place: Colour,
  /** Task definition ARN it carries. */
  revision: z.string(),
  version: z.string(),
  digest: z.string().optional(),
  /** Tasks wanted, and targets healthy behind its target group. */
  desired: z.int(),
  healthy: z.int(),
});
export type Idle = z.infer<typeof Idle>;

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
  /** Tasks wanted of it. Only of a service in colours. */
  desired: z.int().optional(),
  /** The other colour. Absent: the service has none. */
  idle: Idle.optional(),
});
export type Live = z.infer<typeof Live>;

import { z } from 'zod';
import { ControlError } from '../../parts.ts';
import type { World } from '../world.ts';
import { ScanOutcome } from './scan.ts';

/** What somebody changes about images that are there, behind everybody's back. */
export const AlterImages = z.strictObject({
  repository: z.string({ error: 'a repository such as acme-api' }),
  tag: z.string({ error: 'a tag of the image, such as v1.1.0 or git-<commit>' }),
  /** Only in this account, or in this region. */
  account: z.string().optional(),
  region: z.string().optional(),
  status: z
    .enum(['ACTIVE', 'ARCHIVED', 'ACTIVATING'], { error: 'ACTIVE, ARCHIVED or ACTIVATING' })
    .optional(),
  /** Null: as if nobody had scanned it. */
  scan: ScanOutcome.nullish(),
});
export type AlterImages = z.input<typeof AlterImages>;

type Altered = { account: string; region: string; digest: string; status: string; scan: string | null };

/** Throws ControlError 404 where there is no such image. */
export function alterImages(wanted: AlterImages, world: World): Altered[] {
  const { repository, tag, account, region, status, scan } = AlterImages.parse(wanted);
  const images = world.images.filter(
    (image) =>
      image.repository === repository &&
      image.tags.includes(tag) &&
      image.account === (account ?? image.account) &&
      image.region === (region ?? image.region),
  );
  if (images.length === 0) throw new ControlError(404, `There is no image ${repository}:${tag}.`);
  for (const image of images) {
    if (status !== undefined) image.status = status;
    if (scan === null) delete image.scan;
    else if (scan !== undefined) image.scan = { ...scan, doneAt: new Date() };
  }
  world.changed();
  return images.map((image) => ({
    ...{ account: image.account, region: image.region, digest: image.digest, status: image.status },
    scan: image.scan?.status ?? null,
  }));
}

import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ImageName } from '../aws/image-name.ts';
import { readRevision } from './revision-label.ts';

/** So many are kept. */
const MOST = 500;

/** The commits that images are labelled with, each read once: what a digest names never changes, and reading it counts as a pull. */
export class Revisions {
  /** By digest, the oldest first. */
  readonly #known = new Map<string, string | undefined>();

  async read(
    digest: string,
    registry: { ecr: ECRClient; name: ImageName; signal: AbortSignal },
  ): Promise<string | undefined> {
    if (this.#known.has(digest)) return this.#known.get(digest);
    const revision = await readRevision(digest, registry);
    this.#known.set(digest, revision);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    return revision;
  }
}

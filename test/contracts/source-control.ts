import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceControl } from '../../src/ports/source-control.ts';

/** Releases of `api` in `staging`, which runs in two regions. */
export type SourceControlWorld = {
  sourceControl: SourceControl;
  regions: readonly [string, string];
  /** In both regions, and found by its version. */
  whole: { version: string; commit: string };
  /** In the first region alone. */
  half: { commit: string };
  /** Makes the image of a commit one that can't be pulled, in every region. */
  archive(commit: string): void;
  /** Says that nobody has scanned it. */
  forgetScan(commit: string): void;
  close(): Promise<void>;
};

const place = { service: 'api', environment: 'staging' };

/** What everything that knows releases says of images. */
export function sourceControlContract(name: string, start: () => Promise<SourceControlWorld>): void {
  describe(`source control, ${name}`, () => {
    let world: SourceControlWorld;
    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world.close());

    it('tells the image of a commit with the digest its release has in each region', async () => {
      const { version: ref, commit } = world.whole;
      const found = await world.sourceControl.resolve({ ...place, ref }, options());
      const digests = found.kind === 'found' ? found.release.digests : {};

      const image = await world.sourceControl.image({ ...place, commit }, options());

      expect(Object.keys(image).toSorted()).toEqual(world.regions.toSorted());
      for (const region of world.regions) {
        const there = { kind: 'present', status: 'active', revision: commit, scan: { kind: 'complete' } };
        expect(image[region]).toMatchObject({ ...there, digest: digests[region] });
      }
    });

    it('tells the region that does not have it', async () => {
      const [first, second] = world.regions;

      const image = await world.sourceControl.image({ ...place, commit: world.half.commit }, options());

      expect(image).toMatchObject({ [first]: { kind: 'present' }, [second]: { kind: 'absent' } });
    });

    it('tells an unknown commit as absent everywhere', async () => {
      const image = await world.sourceControl.image({ ...place, commit: '0'.repeat(40) }, options());

      expect(image).toEqual(Object.fromEntries(world.regions.map((region) => [region, { kind: 'absent' }])));
    });

    it('rejects with the reason when it is aborted', async () => {
      const reason = new Error('enough');
      const asked = world.sourceControl.image(
        { ...place, commit: world.whole.commit },
        { signal: AbortSignal.abort(reason) },
      );

      await expect(asked).rejects.toBe(reason);
    });

    it('tells at once what has changed about an image', async () => {
      const { commit } = world.whole;
      world.archive(commit);
      world.forgetScan(commit);

      const image = await world.sourceControl.image({ ...place, commit }, options());

      for (const region of world.regions) {
        expect(image[region]).toMatchObject({ kind: 'present', status: 'archived', scan: { kind: 'none' } });
        expect(image[region]).not.toHaveProperty('revision');
      }
    });
  });
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}

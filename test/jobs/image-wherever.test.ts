import { describe, expect, it } from 'vitest';
import { imageOf } from '../../jobs/preparing/image-of.ts';
import type { ImageThere } from '../../src/ports/source-control.ts';
import { aDeployment, aPlan, aPolicy, aRelease, aRequestedEvent, aRun, aServicePolicy } from '../builders.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';

const commit = 'c0ffee'.padEnd(40, '0');
const findings = { critical: 0, high: 0, medium: 0, low: 0 };
const image: ImageThere = {
  ...{ kind: 'present', digest: `sha256:${'1'.repeat(64)}`, status: 'active' },
  scan: { kind: 'complete', findings, unrated: 0 },
};
const labelled: ImageThere = { ...image, revision: commit };

/** What is found for a service of two regions. */
function found(first: ImageThere, second: ImageThere) {
  const runs = { production: [aRun({ region: 'eu-west-1' }), aRun({ region: 'us-east-1' })] };
  const sourceControl = Object.assign(new FakeSourceControl(), {
    image: async () => ({ 'eu-west-1': first, 'us-east-1': second }),
  });
  const deployment = aDeployment([aRequestedEvent({ plan: aPlan({ to: aRelease({ commit }) }) })]);
  const policy = aPolicy({ services: [aServicePolicy({ runs })] });
  return imageOf(deployment, { sourceControl, policy }, AbortSignal.timeout(5_000));
}

describe('an image', () => {
  it('is there where every region has it, and is labelled where it is in every one', async () => {
    expect(await found(labelled, labelled)).toMatchObject({ kind: 'there', isLabelled: true });
    expect(await found(labelled, image)).toMatchObject({ kind: 'there', isLabelled: false });
  });

  it.each<[string, ImageThere]>([
    ['has none', { kind: 'absent' }],
    ['cannot give it yet', { ...image, status: 'activating' }],
  ])('is not there where one region %s', async (_why, second) => {
    expect(await found(labelled, second)).toEqual({
      kind: 'absent',
      says: 'The image of v1.1.0 is not in the registry of us-east-1 yet.',
    });
  });

  it('is not waited for where one region has archived it', async () => {
    expect(await found(labelled, { ...image, status: 'archived' })).toMatchObject({ kind: 'wrong' });
  });
});

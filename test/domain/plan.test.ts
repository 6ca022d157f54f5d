import { describe, expect, it } from 'vitest';
import { Plan, regionsOf } from '../../src/domain/plan.ts';
import { aLive, aPlan, aPlanFor, aRegion, aRelease } from '../builders.ts';

const otherDigest = `sha256:${'2'.repeat(64)}`;

describe('a plan', () => {
  it('has the digest of its content, whatever order the content was written in', () => {
    const { digest, ...content } = aPlan();

    const again = aPlan(Object.fromEntries(Object.entries(content).reverse()));

    expect(again.digest).toBe(digest);
  });

  it.each([
    ['strategy', aPlan({ strategy: 'canary' })],
    ['release', aPlan({ to: aRelease({ version: 'v1.1.1' }) })],
    ['commit', aPlan({ to: aRelease({ commit: 'b'.repeat(40) }) })],
    ['image', aPlan({ to: aRelease({ digests: { [aRegion]: otherDigest } }) })],
    ['live revision', aPlan({ from: { [aRegion]: aLive({ revision: 'checkout:8' }) } })],
    ['steps', aPlan({ steps: aPlan().steps.slice(0, 1) })],
    ['order of the steps', aPlan({ steps: aPlan().steps.toReversed() })],
  ])('has another digest with another %s', (_what, other) => {
    expect(other.digest).not.toBe(aPlan().digest);
  });

  it('survives being kept as JSON', () => {
    const plan = aPlanFor(['us-east-1', 'eu-west-1']);

    expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('goes through its regions in the order of its steps, each once', () => {
    expect(regionsOf(aPlanFor(['us-east-1', 'ap-southeast-1', 'eu-west-1']))).toEqual([
      'us-east-1',
      'ap-southeast-1',
      'eu-west-1',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { isOfBranch, versionsIn } from '../../src/source-control/image-tags.ts';

const commit = `4f2c9d1${'0'.repeat(33)}`;

describe('the tags of an image', () => {
  it.each([['main'], ['main-4f2c9d1'], [`main-${commit}`]])('%s is of main', (tag) => {
    expect(isOfBranch([tag], 'main', commit)).toBe(true);
  });

  it.each([['main-fix'], ['main-fix-4f2c9d1'], ['main-2'], ['main-abcdef1'], ['mainline'], ['v1.0.0']])(
    '%s is not of main',
    (tag) => {
      expect(isOfBranch([tag], 'main', commit)).toBe(false);
    },
  );

  it('name the highest version first, and nothing else as a version', () => {
    const tags = ['v1.9.0', 'main', 'v1.10.0', `git-${commit}`, '1.2.3', 'v2', 'v1.10.0-rc.1'];

    expect(versionsIn(tags)).toEqual(['v1.10.0', 'v1.10.0-rc.1', 'v1.9.0', '1.2.3']);
  });
});

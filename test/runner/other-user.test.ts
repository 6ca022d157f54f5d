import { describe, expect, it } from 'vitest';
import { createOtherUser } from '../../src/runner/other-user.ts';
import { ownUser } from '../../src/runner/runner-user.ts';

describe('isolation by another user', () => {
  it.each([
    ['root', { name: 'root', uid: 0, gid: 0 }],
    ['who Forge runs as', ownUser()],
  ])('is refused for %s, since all of that user would be ended and removed', (_who, user) => {
    expect(() => createOtherUser({ user })).toThrow(`Nothing may be ended or removed as user ${user.uid}`);
  });
});

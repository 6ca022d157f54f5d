import { describe, expect, it } from 'vitest';
import { withOneMore } from '../../src/domain/approval.ts';
import {
  fullNameOf,
  isPusherUnknown,
  pushersOf,
  refNameOf,
  shortNameOf,
} from '../../src/domain/automatic.ts';

const pushed = { repository: 'acme/api', ref: 'refs/heads/main', commit: 'a'.repeat(40) };

describe('the full name of a ref', () => {
  it.each([
    ['refs/heads/feature/a', { kind: 'branch', name: 'feature/a' }],
    ['refs/tags/v1.2.0', { kind: 'tag', name: 'v1.2.0' }],
  ] as const)('%s is of %j', (full, named) => {
    expect(refNameOf(full)).toEqual(named);
    expect(fullNameOf(named)).toBe(full);
    expect(shortNameOf(full)).toBe(named.name);
  });

  it.each(['refs/pull/1/head', 'main', 'refs/heads/', 'refs/tags/', ''])(
    '“%s” is of neither a branch nor a tag, and is called as it is',
    (ref) => {
      expect(refNameOf(ref)).toBeUndefined();
      expect(shortNameOf(ref)).toBe(ref);
    },
  );
});

describe('who pushed', () => {
  it('is known where it is a person of the workspace, who may not vote', () => {
    expect(isPusherUnknown({ pushed: { ...pushed, person: 'U0SAM' } })).toBe(false);
    expect(pushersOf({ pushed: { ...pushed, person: 'U0SAM' } })).toEqual(['U0SAM']);
  });

  it('is unknown where only the author is, who may not vote either', () => {
    expect(isPusherUnknown({ pushed: { ...pushed, author: 'U0SAM', login: 'sam' } })).toBe(true);
    expect(pushersOf({ pushed: { ...pushed, author: 'U0SAM' } })).toEqual(['U0SAM']);
  });

  it('is nobody where nothing was pushed', () => {
    expect(isPusherUnknown({})).toBe(false);
    expect(pushersOf({})).toEqual([]);
  });
});

describe('one more approval', () => {
  const policy = { within: 1, emergencyAlone: false };

  it('is of the first that are needed', () => {
    const needs = [
      { from: 'approver', count: 1 },
      { from: 'security', count: 1 },
    ];

    expect(withOneMore({ ...policy, needs }).needs).toEqual([
      { from: 'approver', count: 2 },
      { from: 'security', count: 1 },
    ]);
  });

  it('is of nobody where none are needed', () => {
    expect(withOneMore({ ...policy, needs: [] }).needs).toEqual([]);
  });
});

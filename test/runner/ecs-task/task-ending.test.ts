import type { Container, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../src/runner/ecs-task/task-ending.ts';

/** As AWS may tell it, also with a code that is not known here. */
function stopped(
  stopCode: string | undefined,
  { fetch, check }: { fetch: Container; check: Container },
): Task {
  const containers = [
    { name: 'fetch', ...fetch },
    { name: 'check', ...check },
  ];
  return JSON.parse(JSON.stringify({ lastStatus: 'STOPPED', stopCode, containers }));
}

const done = { exitCode: 0 };
const byItself = 'EssentialContainerExited';

describe('a stopped task', () => {
  it('tells how its command ended that ended by itself', () => {
    expect(endingOf(stopped(byItself, { fetch: done, check: done }))).toEqual({ kind: 'exited', code: 0 });
    expect(endingOf(stopped(byItself, { fetch: done, check: { exitCode: 3 } }))).toEqual({
      kind: 'exited',
      code: 3,
    });
  });

  it.each([
    'UserInitiated',
    'TaskFailedToStart',
    'SpotInterruption',
    'TerminationNotice',
    'ServiceSchedulerInitiated',
    'SomethingNew',
    undefined,
  ])(
    'tells nothing about its command where it stopped by %s, though both containers ended with 0',
    (code) => {
      expect(endingOf(stopped(code, { fetch: done, check: done }))).toMatchObject({ kind: 'unavailable' });
    },
  );

  it.each<[string, { fetch: Container; check: Container }]>([
    ['whose code nobody knows to be there', { fetch: {}, check: done }],
    ['whose exit AWS does not tell', { fetch: done, check: {} }],
  ])('tells nothing about a command %s', (_words, containers) => {
    expect(endingOf(stopped(byItself, containers))).toMatchObject({ kind: 'unavailable' });
  });

  it('whose code was not fetched tells that', () => {
    const task = stopped(byItself, { fetch: { exitCode: 128 }, check: done });

    expect(endingOf(task)).toEqual({ kind: 'not-fetched', isLate: false });
  });

  it('that ran out of memory has killed its command, whatever that ended with', () => {
    const check = { ...done, reason: 'OutOfMemoryError: Container killed due to memory usage' };

    expect(endingOf(stopped(byItself, { fetch: done, check }))).toEqual({
      kind: 'killed',
      signal: 'SIGKILL',
    });
  });
});

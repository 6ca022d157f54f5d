import { constants } from 'node:os';
import type { Container, Task } from '@aws-sdk/client-ecs';
import { CHECK, CODE, FETCH, FETCH_TIMED_OUT } from './scripts.ts';

/** How the command of a stopped task ended. Only what AWS says plainly is an exit. */
export type TaskEnding =
  | { kind: 'exited'; code: number }
  | { kind: 'killed'; signal: string }
  | { kind: 'timed-out' }
  | { kind: 'install-failed'; isLate: boolean }
  | { kind: 'not-fetched'; isLate: boolean }
  /** Nobody can tell: a sentence that says why. */
  | { kind: 'unavailable'; reason: string };

export function endingOf(task: Task): TaskEnding {
  const fetch = containerOf(task, FETCH);
  const check = containerOf(task, CHECK);
  if (fetch?.exitCode !== undefined && fetch.exitCode !== 0)
    return { kind: 'not-fetched', isLate: fetch.exitCode === FETCH_TIMED_OUT };
  if (/OutOfMemory/iu.test(check?.reason ?? '')) return { kind: 'killed', signal: 'SIGKILL' };
  // Whatever the command said, somebody or something else ended the task.
  const isByItself = task.stopCode === 'EssentialContainerExited' && fetch?.exitCode === 0;
  if (!isByItself || check?.exitCode === undefined)
    return { kind: 'unavailable', reason: whyStopped(task, [check, fetch]) };
  return ofCode(check.exitCode);
}

function ofCode(code: number): TaskEnding {
  switch (code) {
    case CODE.noCheckout:
      return { kind: 'unavailable', reason: 'The code was not there in its task. Try it again.' };
    case CODE.installFailed:
      return { kind: 'install-failed', isLate: false };
    case CODE.installTimedOut:
      return { kind: 'install-failed', isLate: true };
    case CODE.timedOut:
      return { kind: 'timed-out' };
  }
  const signal = signalNamed(code);
  return signal === undefined ? { kind: 'exited', code } : { kind: 'killed', signal };
}

/** Shells say 128 and the signal's number of what a signal ended. */
function signalNamed(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
}

function whyStopped(task: Task, containers: readonly (Container | undefined)[]): string {
  const said = [...containers.map((one) => one?.reason), task.stoppedReason].find(
    (one) => one !== undefined && one !== '',
  );
  const words = said === undefined ? 'AWS does not say why.' : `AWS says: ${said}`;
  return `${because[task.stopCode ?? ''] ?? 'Its task stopped before the command told how it ended. Try it again.'} ${words}`;
}

/** By what AWS calls it. */
const because: Readonly<Record<string, string>> = {
  UserInitiated: 'Somebody ended its task in AWS. Try it again.',
  TaskFailedToStart: 'AWS could not start its task.',
  SpotInterruption: 'AWS took away the machine its task ran on. Try it again.',
  TerminationNotice: 'AWS took away the machine its task ran on. Try it again.',
};

function containerOf({ containers }: Task, wanted: string): Container | undefined {
  return containers?.find(({ name }) => name === wanted);
}

import type { Database } from './database.ts';
import { isCollective } from './sqlite-errors.ts';
import { storageError } from './storage-guard.ts';

type Member = { carryOut(): void; fail(error: unknown): void; settle(): void };

/**
 * Gives a way to write in which everything that is asked for before this process waits for anything shares one
 * transaction, and so one wait for the disk. Nobody is told of a result before it is on the disk. Work that throws is
 * undone alone; where the storage fails, nothing of the group is written. `guard` is called first in every transaction:
 * when it throws, nobody's work is done. `patience` is `tick` for work nobody waits for: all that is asked for until the
 * end of this turn of the event loop is one group.
 */
export function createWriteGroup(
  database: Database,
  { guard, patience = 'none' }: { guard: () => void; patience?: 'none' | 'tick' },
): <Result>(work: () => Result) => Promise<Result> {
  let waiting: Member[] = [];

  function writeAll(): void {
    const group = waiting;
    waiting = [];
    try {
      database.write(() => {
        guard();
        for (const member of group) carryOut(member, { isAlone: group.length === 1 });
      });
    } catch (error) {
      for (const member of group) member.fail(storageError(error));
      return;
    }
    for (const member of group) member.settle();
  }

  function carryOut(member: Member, { isAlone }: { isAlone: boolean }): void {
    if (isAlone) {
      member.carryOut();
      return;
    }
    try {
      database.write(() => member.carryOut());
    } catch (error) {
      // SQLite may have undone the whole transaction: the rest must not be written outside of one.
      if (isCollective(error)) throw error;
      member.fail(error);
    }
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push(createMember(work, { resolve, reject }));
      if (waiting.length > 1) return;
      // The former runs after every promise that can go on, and before anything else can happen.
      if (patience === 'none') process.nextTick(writeAll);
      else setImmediate(writeAll);
    });
}

function createMember<Result>(
  work: () => Result,
  tell: { resolve: (result: Result) => void; reject: (error: unknown) => void },
): Member {
  let settle = (): void => undefined;
  return {
    carryOut() {
      const result = work();
      settle = () => tell.resolve(result);
    },
    fail: tell.reject,
    settle: () => settle(),
  };
}

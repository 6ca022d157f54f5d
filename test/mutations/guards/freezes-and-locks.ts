import type { Guard } from '../guard.ts';

const decide = { file: 'src/domain/start-times.ts', tests: ['test/domain/start-times.test.ts'] };
const freeze = {
  file: 'src/domain/freeze.ts',
  tests: ['test/domain/freeze.test.ts', 'test/domain/start-times.test.ts'],
};
const lock = {
  file: 'src/domain/lock.ts',
  tests: ['test/domain/lock.test.ts', 'test/domain/start-times.test.ts'],
};
const store = ['test/db/store.test.ts'];
const freezing = { file: 'src/use-cases/freeze.ts', tests: ['test/commands/freeze.test.ts'] };
const locking = { file: 'src/use-cases/lock.ts', tests: ['test/commands/lock.test.ts'] };
const job = ['test/jobs/waits-for-its-time.test.ts'];

/** What people place so that others wait. */
export const freezesAndLocks: readonly Guard[] = [
  {
    name: 'a freeze holds up starts in its scope',
    ...decide,
    text: 'freezes.filter((freeze) => covers(freeze.scope, place) && isFrozenBy(freeze, at))',
    without: 'freezes.filter((freeze) => at < 0 && isFrozenBy(freeze, at))',
  },
  {
    name: 'a freeze holds up nothing beyond its scope',
    ...decide,
    text: 'freezes.filter((freeze) => covers(freeze.scope, place) && isFrozenBy(freeze, at))',
    without: 'freezes.filter((freeze) => isFrozenBy(freeze, at))',
  },
  {
    name: 'a freeze is over at its end',
    ...freeze,
    // One that never ends would be waited for without end.
    tests: ['test/domain/freeze.test.ts'],
    text: 'return lifted === undefined && from <= at && at < until;',
    without: 'return lifted === undefined && from <= at && at <= until;',
  },
  {
    name: 'a freeze is in force from its first moment on',
    ...freeze,
    text: 'return lifted === undefined && from <= at && at < until;',
    without: 'return lifted === undefined && from < at && at < until;',
  },
  {
    name: 'a freeze that was lifted is over',
    ...freeze,
    text: 'return lifted === undefined && from <= at && at < until;',
    without: 'return from <= at && at < until;',
  },
  {
    name: 'a freeze that ends at a time that needs consent lets people consent from then on',
    file: 'jobs/preparing/wait.ts',
    text: "const lookAgainAt = start.kind === 'must-wait' ? start.lookAgainAt : undefined;",
    without: 'const lookAgainAt = undefined;',
    tests: job,
  },
  {
    name: 'a lock holds everybody but its owner',
    ...decide,
    text: 'lock.owner !== by && holds(lock, place) && isLocked(lock, at)',
    without: 'lock.owner === by && holds(lock, place) && isLocked(lock, at)',
  },
  {
    name: 'a lock holds up nothing beyond its place',
    ...decide,
    text: 'lock.owner !== by && holds(lock, place) && isLocked(lock, at)',
    without: 'lock.owner !== by && isLocked(lock, at)',
  },
  {
    name: 'a lock ends at its end, or when it is released',
    ...lock,
    text: 'return released === undefined && at < until;',
    without: 'return until > 0;',
  },
  {
    name: 'a freeze does not begin in the past',
    ...freezing,
    text: '  if (begins < now) {',
    without: '  if (begins < 0) {',
  },
  {
    name: 'a freeze does not end in the past',
    ...freezing,
    text: '  if (until <= now)\n',
    without: '  if (until <= 0)\n',
  },
  {
    name: 'a freeze ends after it begins',
    ...freezing,
    tests: ['test/use-cases/freeze.test.ts'],
    text: '  if (until <= begins) {',
    without: '  if (until <= 0) {',
  },
  {
    name: 'a freeze is lifted once, and who comes second is told who was first',
    ...freezing,
    text: '  if (isAhead(freeze, now)) return freeze;',
    without: '  if (now > 0) return freeze;',
  },
  {
    name: 'the database lifts a freeze once',
    file: 'db/freezes.ts',
    text: 'if (found === undefined || !isAhead(found, at)) throw',
    without: 'if (found === undefined) throw',
    tests: store,
  },
  {
    name: 'two freezes that are placed at the same moment are two',
    file: 'db/freezes.ts',
    text: '  if (written.changes === 0) throw',
    without: '  if (written.changes < 0) throw',
    tests: store,
  },
  {
    name: 'a freeze that is placed is seen by what it may hold up',
    ...freezing,
    text: '      ...(await ringing(scope, caller, used)),\n',
    without: '',
  },
  {
    name: 'a freeze that is lifted lets go at once what it held up',
    file: freezing.file,
    text: '    ...(await ringing(freeze.scope, caller, used)),\n',
    without: '',
    tests: job,
  },
  {
    name: 'a lock that is released lets go at once what it held up',
    file: locking.file,
    text: 'return [...rung, {',
    without: 'return [...rung.slice(rung.length), {',
    tests: job,
  },
  {
    name: 'who has a lock already is told to whoever wants it',
    ...locking,
    text: "    if (taken !== undefined) return { kind: 'taken', by: taken };\n",
    without: '',
  },
  {
    name: 'the database gives a place to one person',
    file: 'db/locks.ts',
    text: '  if (other !== undefined) throw new Refusal(',
    without: '  if (other !== undefined && at < 0) throw new Refusal(',
    tests: store,
  },
  {
    name: 'a lock that has changed since is not changed by who saw it before',
    file: 'db/locks.ts',
    text: ' || found.version !== change.expectVersion) {',
    without: ') {',
    tests: store,
  },
  {
    name: 'a lock that is over changes no more',
    file: 'db/locks.ts',
    text: 'if (found === undefined || !isLocked(found, at) || ',
    without: 'if (found === undefined || ',
    tests: store,
  },
  {
    name: 'a button that was drawn before a lock changed does nothing',
    ...locking,
    text: 'if (lock.version !== seen.version || !isLocked(lock, now)) return',
    without: 'if (!isLocked(lock, now)) return',
  },
  {
    name: 'a lock does not end in the past',
    ...locking,
    text: '  if (until > now) return;\n',
    without: '  if (until > 0) return;\n',
  },
  {
    name: 'the lock of another is for release managers to end',
    file: 'commands/unlock.ts',
    text: '  if (lock.owner !== caller.actor.userId) {',
    without: "  if (lock.owner === '') {",
    tests: locking.tests,
  },
  {
    name: 'the lock of another is for release managers to hand over or to place',
    file: 'commands/lock.ts',
    text: "  if (isOthers) await asking.permit({ act: 'lock-for-others', ...place });\n",
    without: '',
    tests: locking.tests,
  },
  {
    name: 'a lock goes only to who may have one there',
    file: 'commands/lock.ts',
    text: "await asking.permit({ act: 'lock', ...place }, to);",
    without: 'void to;',
    tests: locking.tests,
  },
];

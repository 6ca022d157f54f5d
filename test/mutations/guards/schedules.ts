import type { Guard } from '../guard.ts';

const changing = {
  file: 'src/use-cases/schedule.ts',
  tests: ['test/jobs/schedules.test.ts', 'test/jobs/schedules-asked.test.ts'],
};
const owner = { file: 'src/domain/schedule.ts', tests: ['test/domain/schedule.test.ts'] };
const typed = {
  file: 'commands/schedule.ts',
  tests: [
    'test/commands/schedule.test.ts',
    'test/commands/schedule-recurring.test.ts',
    'test/commands/scheduled.test.ts',
  ],
};
const recurring = ['test/jobs/recurring.test.ts', 'test/jobs/recurring-survives.test.ts'];
const records = { file: 'db/recurrings.ts', tests: recurring };

/** A time of its own, and what recurs: once, at that time, and as it was scheduled. */
export const schedules: readonly Guard[] = [
  {
    name: 'what recurs is not started in the name of somebody who may not any more',
    file: 'jobs/recur.ts',
    tests: ['test/jobs/recurring.test.ts'],
    text: "  await requireStillMay(owner, { act: 'schedule', ...place }, world);\n",
    without: '',
  },
  {
    name: 'what was found due before a kill is looked at again, since its time may be over',
    file: 'jobs/preparing/look.ts',
    tests: ['test/jobs/schedules-due-crash.test.ts'],
    text: '  const isOfNow = round.isOfNow && checked.isOfNow;\n',
    without: '  const isOfNow = checked.isOfNow;\n',
  },
  {
    name: 'nothing is scheduled for the past',
    ...changing,
    text: "  if (startAt <= now) throw new UserError('That time is past.",
    without: "  if (startAt <= 0) throw new UserError('That time is past.",
  },
  {
    name: 'nothing is scheduled for years ahead',
    ...changing,
    text: '  if (startAt <= now + LONGEST_AHEAD) return;\n',
    without: '  if (startAt > 0) return;\n',
  },
  {
    name: 'what has started gets no other time',
    ...changing,
    text: '  if (startedAt !== undefined) throw',
    without: '  if (number < 0) throw',
  },
  {
    name: 'what is over gets no other time',
    ...changing,
    text: '  if (isFinished(deployment)) throw',
    without: '  if (number < 0) throw',
  },
  {
    name: 'what has no time of its own is not scheduled anew',
    ...changing,
    text: '  if (startAt !== undefined) return startAt;\n',
    without: '  if (number > 0) return startAt ?? 0;\n',
  },
  {
    name: 'only its owner, or who set its time last, lets what has changed start',
    ...changing,
    text: '    requireOwner(deployment, caller);\n',
    without: '',
  },
  {
    name: 'the owner answers in time',
    ...changing,
    text: '    if (reached.clock.now() >= ownerAsked.deadline) {',
    without: '    if (reached.clock.now() < 0) {',
  },
  {
    name: 'the owner answers about what is so now',
    ...changing,
    text: '    requireSeen(deployment, request.digest, reached);\n',
    without: '',
  },
  {
    name: 'the owner is asked about what is not as it was scheduled',
    ...owner,
    text: "  if (changes.length === 0) return { kind: 'not-needed' };\n",
    without: "  if (changes.length >= 0) return { kind: 'not-needed' };\n",
  },
  {
    name: 'the owner is asked anew about another difference',
    ...owner,
    text: "if (asked === undefined || asked.changes.join('\\n') !== changes.join('\\n')) {",
    without: 'if (asked === undefined) {',
  },
  {
    name: 'what its owner does not answer in time does not start',
    ...owner,
    text: "  if (now >= deadline) return { kind: 'over', reason: unanswered(changes) };\n",
    without: '',
  },
  {
    name: 'what would start more than ten minutes late asks its owner',
    ...owner,
    text: 'startsAt > agreed.dueAt + LATE;',
    without: 'startsAt > Infinity;',
  },
  {
    name: 'without consent it does not start ten minutes after its time',
    ...owner,
    text: '  if (isWithoutConsent(question) && now > agreed.dueAt + LATE) {',
    without: '  if (isWithoutConsent(question) && now > Infinity) {',
  },
  {
    name: 'a schedule is looked at again a quarter of an hour before its time',
    file: 'jobs/preparing/stage.ts',
    text: 'return lookAt !== null && now >= lookAt && lookedAt < lookAt;',
    without: 'return lookAt !== null && now >= lookAt && lookedAt < 0;',
    tests: changing.tests,
  },
  {
    name: 'nothing starts before its time',
    file: 'jobs/preparing/situation.ts',
    text: 'start: at > now ? toCome(start, at) : start,',
    without: 'start,',
    tests: changing.tests,
  },
  {
    name: 'another time voids consent to the one before',
    file: 'src/domain/evolve-schedule.ts',
    text: 'const { consent: _ofAnother, ...kept } = withoutEmergency(withoutOwnerAsked(state));',
    without: 'const kept = withoutEmergency(withoutOwnerAsked(state));',
    tests: ['test/domain/schedule.test.ts', 'test/jobs/schedules-approved.test.ts'],
  },
  {
    name: 'another time ends the emergency of the one before',
    file: 'src/domain/evolve-schedule.ts',
    text: 'const { consent: _ofAnother, ...kept } = withoutEmergency(withoutOwnerAsked(state));',
    without: 'const { consent: _ofAnother, ...kept } = withoutOwnerAsked(state);',
    tests: ['test/domain/schedule.test.ts'],
  },
  {
    name: 'a bell rings once for an occurrence, however often it is told',
    file: 'db/run-changes.ts',
    text: '    .onConflictDoNothing()\n    .run();\n}',
    without:
      '    .onConflictDoUpdate({ target: [signal.run, signal.name, signal.id], set: { takenBy: null } })\n    .run();\n}',
    tests: ['test/jobs/engine/engine.test.ts'],
  },
  {
    name: 'what waits over its time is found though its own clock was set',
    file: 'jobs/ring-overdue.ts',
    text: '  if (times.length === 0) return [];\n',
    without: '  if (times.length >= 0) return [];\n',
    tests: ['test/jobs/schedules.test.ts'],
  },
  {
    name: 'what recurs asks once for each of its times: the next one is written with it',
    ...records,
    text: 'and(isOf(id), eq(recurring.nextAt, from), isNull(recurring.cancelledAt))',
    without: 'and(isOf(id), isNull(recurring.cancelledAt))',
    tests: ['test/db/store.test.ts'],
  },
  {
    name: 'what was cancelled asks for nothing more',
    ...records,
    text: 'and(isOf(id), eq(recurring.nextAt, from), isNull(recurring.cancelledAt))',
    without: 'and(isOf(id), eq(recurring.nextAt, from))',
    tests: ['test/db/store.test.ts'],
  },
  {
    name: 'an occurrence that was dealt with is not asked for again',
    file: 'src/use-cases/request-deployment.ts',
    text: 'return recurring?.nextAt !== occurrence.at || recurring.cancelled !== undefined;',
    without: 'return recurring === undefined;',
    tests: ['test/use-cases/request-deployment.test.ts'],
  },
  {
    name: 'what recurs does not ask before its time, though somebody rings',
    file: 'jobs/recur.ts',
    text: "  if (now < due) return { kind: 'early' };\n",
    without: '',
    tests: recurring,
  },
  {
    name: 'an occurrence missed by more than ten minutes is skipped',
    file: 'jobs/recur.ts',
    text: '  if (now > due + LATE) {',
    without: '  if (now > due + Infinity) {',
    tests: recurring,
  },
  {
    name: 'nothing recurs where people must approve each deployment',
    file: 'src/use-cases/recurring.ts',
    text: '  if (approvals === undefined) return;\n',
    without: '  if (name.length > 0) return;\n',
    tests: recurring,
  },
  {
    name: 'nothing is scheduled before its person has seen what it comes to',
    ...typed,
    text: '  if (input.isConfirmed !== true) {',
    without: '  if (at < 0) {',
  },
  {
    name: 'nothing recurs before its person has seen what it comes to',
    file: 'commands/schedule-recurring.ts',
    text: '  if (input.isConfirmed !== true) return question',
    without: '  if (cron.length < 0) return question',
    tests: typed.tests,
  },
  {
    name: 'nothing is scheduled for a forbidden or frozen time',
    ...typed,
    text: "  if (start.kind === 'must-wait' && start.for !== 'lock') {",
    without: "  if (start.kind === 'must-wait' && at < 0) {",
  },
  {
    name: 'no other time is set that is forbidden or frozen',
    file: 'commands/reschedule.ts',
    text: "  if (start.kind === 'must-wait' && start.for !== 'lock') {",
    without: "  if (start.kind === 'must-wait' && at < 0) {",
    tests: typed.tests,
  },
  {
    name: 'a time that needs consent is scheduled with a reason',
    ...typed,
    text: '  if (isReasonNeeded && why === undefined) {',
    without: '  if (isReasonNeeded && at < 0) {',
  },
  {
    name: 'a button to cancel that was drawn for another time does nothing',
    file: 'commands/unschedule.ts',
    text: '  if (startAt !== undefined && startAt !== found.startAt) {',
    without: '  if (startAt !== undefined && startAt < 0) {',
    tests: typed.tests,
  },
  {
    name: 'what has begun is not cancelled as a schedule',
    file: 'commands/unschedule.ts',
    text: '  if (found.startedAt !== undefined) {',
    without: '  if (found.number < 0) {',
    tests: typed.tests,
  },
];

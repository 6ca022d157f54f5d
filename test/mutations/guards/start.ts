import type { Guard } from '../guard.ts';

const acts = 'jobs/preparing/next-act.ts';
const afterLook = 'jobs/preparing/after-look.ts';
const looking = 'jobs/preparing/look.ts';
const starting = 'jobs/preparing/start.ts';
const situation = 'jobs/preparing/situation.ts';
const approvals = [
  'test/jobs/approvals.test.ts',
  'test/jobs/approvals-overtaken.test.ts',
  'test/jobs/approvals-beside-others.test.ts',
  'test/jobs/approvals-crash.test.ts',
];
const times = ['test/jobs/waits-for-its-time.test.ts'];
const prepare = ['test/jobs/prepare.test.ts'];
const inTrouble = ['test/jobs/schedules-in-trouble.test.ts'];

/** What has to be so at the moment a deployment starts, and that it starts once. */
export const start: readonly Guard[] = [
  {
    name: 'nothing starts before people were asked',
    file: afterLook,
    text: "  if (standing.kind === 'to-ask') return tell('ask', approvalAsked(standing, situation));\n",
    without: '',
    tests: approvals,
  },
  {
    name: 'nothing starts while votes are missing',
    file: afterLook,
    text: "  if (standing.kind === 'open') return { kind: 'nothing' };\n",
    without: '',
    tests: approvals,
  },
  {
    name: 'nothing starts before its time, in a freeze, or where somebody else has a lock',
    file: afterLook,
    text: "  if (start.kind !== 'may') return waitForTime(start, situation);\n",
    without: '',
    tests: times,
  },
  {
    name: 'what happens at the moment of the start comes first: people are asked anew, or it ends',
    file: starting,
    text: "const readyAt = isPatient ? version : 'any';",
    without: "const readyAt = isPatient ? ('any' as const) : 'any';",
    tests: ['test/jobs/start-races.test.ts'],
  },
  {
    name: 'what was found ready before a crash is looked at again',
    file: starting,
    text: '(isOfNow && policy.version === situation.policy)',
    without: 'policy.version === situation.policy',
    tests: ['test/jobs/start-races.test.ts', ...approvals],
  },
  {
    name: 'what was found ready under another policy is looked at again',
    file: starting,
    text: '(isOfNow && policy.version === situation.policy)',
    without: 'isOfNow',
    tests: ['test/jobs/start-races.test.ts', ...approvals],
  },
  {
    name: 'what is no more as it was when it was asked for is refused',
    file: afterLook,
    text: "  if (checked.kind === 'drifted' && !isPatient) return { kind: 'refuse', reason: checked.reason };\n",
    without: '',
    tests: prepare,
  },
  {
    name: 'what has changed since people were asked is planned and asked about anew',
    file: afterLook,
    text: "if (checked.kind === 'drifted' || isOutdated) return",
    without: 'if (isOutdated) return',
    tests: approvals,
  },
  {
    name: 'what people were asked about under another policy is planned anew under this one',
    file: afterLook,
    text: "if (checked.kind === 'drifted' || isOutdated) return",
    without: "if (checked.kind === 'drifted') return",
    tests: ['test/jobs/preparing/after-look.test.ts', ...approvals],
  },
  {
    name: 'what fails a check is refused',
    file: afterLook,
    text: "  if (checked.kind === 'failed') return failed(checked, situation);\n",
    without: "  if (checked.kind === 'failed') return { kind: 'refuse', reason: '' };\n",
    tests: prepare,
  },
  {
    name: 'a deployment waits in line for the one that has the service',
    file: acts,
    text: '  if (other !== null && isNext(situation)) return waitInLine(other, situation);\n',
    without: '',
    tests: approvals,
  },
  {
    name: 'a last vote in time counts, though nobody noticed before the time was over',
    file: 'jobs/preparing/carry-out.ts',
    text: "{ kind: 'append', deployment, expect: version, events },",
    without: "{ kind: 'append', deployment, expect: 'any', events },",
    tests: ['test/jobs/start-races.test.ts'],
  },
  {
    name: 'what has begun or ended is not prepared on',
    file: situation,
    text: 'isOver: isFinished(state) || startedAt !== undefined,',
    without: 'isOver: false,',
    tests: approvals,
  },
  {
    name: 'the service is taken by one deployment at a time',
    file: 'db/deployment-appender.ts',
    text: '    occupies: hasEffects(state),\n',
    without: '    occupies: false,\n',
    tests: ['test/db/store.test.ts', ...prepare],
  },
  {
    name: 'one of two decisions on the same version of a deployment is a conflict',
    file: 'db/deployment-appender.ts',
    text: "if (change.expect !== 'any' && change.expect !== version) {",
    without: "if (change.expect !== 'any' && change.expect > version) {",
    tests: ['test/db/store.test.ts'],
  },
  {
    name: 'a rollback needs no approval',
    file: situation,
    text: 'undoes === undefined ? environmentNamed(policy, environment)?.approvals : undefined;',
    without: 'environmentNamed(policy, environment)?.approvals;',
    tests: times,
  },
  {
    name: 'a rollback is held up by no window, freeze or lock',
    file: situation,
    text: 'if (undoes !== undefined || region === undefined) return',
    without: 'if (region === undefined) return',
    tests: times,
  },
  {
    name: 'people wait for AWS to answer, and nothing starts meanwhile',
    file: looking,
    text: "if (kind === 'silent' && !isPatient && !isRollback) {",
    without: "if (kind === 'silent') {",
    tests: approvals,
  },
  {
    name: 'people wait on while AWS refuses, and nothing starts meanwhile',
    file: looking,
    text: "if (kind === 'refused' && !isPatient) return",
    without: "if (kind === 'refused') return",
    tests: inTrouble,
  },
  {
    name: 'the owner of a scheduled deployment is asked where it cannot start as it is',
    file: afterLook,
    text: '  if (!isScheduled) return',
    without: '  if (problem.length > 0) return',
    tests: inTrouble,
  },
];

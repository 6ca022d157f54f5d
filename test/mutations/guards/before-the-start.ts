// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const standing = ['test/domain/made-ready.test.ts', 'test/domain/agreed-and-built.test.ts'];
const folded = ['test/domain/checks-folded.test.ts'];
const answers = ['test/domain/check-answers.test.ts'];
const before = ['test/domain/before-the-start.test.ts'];
const command = ['test/commands/checks.test.ts', 'test/commands/stale-override.test.ts'];
const jobs = ['test/jobs/checks.test.ts'];
const looked = ['test/jobs/preparing/look-at-check.test.ts'];
const noted = ['test/jobs/preparing/note.test.ts'];
const mistakes = ['test/config/check-mistakes.test.ts', 'test/config/unreachable-stage.test.ts'];

/** That nothing starts before its checks have passed, or somebody who may has answered for them. */
export const beforeTheStart: readonly Guard[] = [
  ...guardsOf({ file: 'src/domain/check-standing.ts', tests: standing }, [
    {
      name: 'a check that has not begun keeps it from going on',
      text: "      return { kind: 'to-start', name };",
      without: '      return undefined;',
    },
    {
      name: 'a check that goes on keeps it from going on',
      text: "      return { kind: 'to-look', name, of, startedAt: check.startedAt, within };",
      without: '      return undefined;',
    },
    {
      name: 'checks of another policy than now are planned anew',
      text: "  if (!isSame) return { kind: 'to-plan', checks };\n",
      without: '',
    },
    {
      name: 'a check that asks for something else is another check',
      text: 'return check?.name === name && check.of === of ?',
      without: 'return check?.name === name ?',
    },
    {
      name: 'nothing is asked about an image before it is there',
      text: 'isImageThere || !isOfImage(check.kind)',
      without: 'true',
    },
    {
      name: 'what passed long ago is looked at again before it counts',
      text: 'return now - check.endedAt > RECHECK_AFTER ?',
      without: 'return now - check.endedAt < 0 ?',
    },
    {
      name: 'a command is not run again right before the start',
      text: "kind === 'command' || ",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/domain/check-standing.ts', tests: before }, [
    {
      name: 'a check that failed keeps it from going on until its deadline, and ends it then',
      text: 'return now >= check.deadline',
      without: 'return now < 0',
    },
    {
      name: 'a check that nobody can tell keeps it from going on',
      text: "    case 'failed':\n    case 'unknown':\n      return now",
      without: "    case 'unknown':\n      return undefined;\n    case 'failed':\n      return now",
    },
  ]),
  ...guardsOf({ file: 'src/domain/policy-checks.ts', tests: standing }, [
    {
      name: 'nothing keeps people from going back',
      text: '  if (undoes !== undefined) return [];\n',
      without: '',
    },
    {
      name: 'what an environment asks for is asked for besides what the service does',
      text: '    ...(environmentNamed(policy, environment)?.checks ?? []),\n',
      without: '',
    },
    {
      name: 'checks of the image come last',
      text: 'return [...asked.filter(({ kind }) => !isOfImage(kind)), ...asked.filter(({ kind }) => isOfImage(kind))];',
      without: 'return asked;',
    },
    {
      name: 'a check is told apart by all that it asks for',
      text: 'const of = digestOf(check).slice(0, 16);',
      without: 'const of = digestOf(check.kind).slice(0, 16);',
    },
  ]),
  ...guardsOf({ file: 'src/domain/evolve-checks.ts', tests: folded }, [
    {
      name: 'a box counts as what the person read who ticked it',
      text: "return event.of === check.of ? { ...known, state: 'ticked', endedAt: at, by } : check;",
      without: "return { ...known, state: 'ticked', endedAt: at, by };",
    },
    {
      name: 'what was found counts for as long as the policy asks for the same',
      text: '({ name, of }) => name === check.name && of === check.of',
      without: '({ name }) => name === check.name',
    },
    {
      name: 'after a failure a button means something else',
      text: '      return otherMeaning({\n        ...withCheck(state, event.name, failed(event, recorded.at)),',
      without: '      return ({\n        ...withCheck(state, event.name, failed(event, recorded.at)),',
    },
    {
      name: 'a check that is tried again has not passed',
      text: 'return otherMeaning(withCheck(state, event.name, started(recorded.at)));',
      without: 'return otherMeaning(state);',
    },
    {
      name: 'who overrode a check, and why, is kept',
      text: '    ...(why === undefined ? {} : { why }),\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/domain/check-answers.ts', tests: answers }, [
    {
      name: 'nobody overrides a check that has to pass',
      text: 'if (override !== undefined) return { ...failed, override };',
      without: "if (name !== '') return { ...failed, override: override ?? 'viewer' };",
    },
    {
      name: 'only what failed is overridden',
      text: 'if (failed === undefined) {',
      without:
        "if (failed === undefined) return { ...deployment.checkStates[0], override: 'viewer' } as never;\n  if (failed === undefined) {",
    },
    {
      name: 'nothing is done about the checks of what is over',
      text: 'if (isFinished(deployment)) {',
      without: 'if (number < 0) {',
    },
    {
      name: 'nothing is done about the checks of what has started',
      text: 'if (startedAt !== undefined) {',
      without: 'if (number < 0) {',
    },
    {
      name: 'nothing is done about the checks of what is being aborted',
      text: 'if (abortRequestedBy !== undefined) {',
      without: 'if (number < 0) {',
    },
    {
      name: 'a box is ticked once',
      text: "if (found.state !== 'ticked') return",
      without: 'if (found.box !== undefined) return',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/answer-check.ts', tests: command }, [
    {
      name: 'a check is overridden by the role alone that the policy names',
      text: '    requireRole({ role: override, what: `override “${name}”` }, { deployment, member }, policy);\n',
      without: '',
    },
    {
      name: 'a box is ticked by the role alone that the policy names',
      text: 'if (box.by !== undefined) {',
      without: "if (box.by === '') {",
    },
    {
      name: 'a button confirms what it was shown for, and nothing else',
      text: 'if (request.of !== undefined && request.of !== of) {',
      without: "if (request.of === '') {",
    },
    {
      name: 'the reason for an override is written down',
      text: '      ...(why === undefined ? {} : { why }),\n    },\n    ringPreparing',
      without: '    },\n    ringPreparing',
    },
  ]),
  {
    name: 'nobody overrides a check without a reason',
    file: 'src/use-cases/answer-check.ts',
    text: "if (why.trim() === '') {",
    without: "if (why === 'never') {",
    tests: ['test/use-cases/answer-check.test.ts'],
  },
  ...guardsOf({ file: 'commands/override.ts', tests: command }, [
    {
      name: 'whoever overrides is asked for a reason',
      text: '  if (input.why === undefined) return question(await forge.deployment(input.deployment), forge);\n',
      without: '',
    },
  ]),
  {
    name: 'an override is of what was seen',
    file: 'commands/override.ts',
    text: 'const request = await asSeen(input, forge);',
    without: 'const request = input;',
    tests: command,
  },
  {
    name: 'a retry is of what was seen',
    file: 'commands/retry.ts',
    text: 'await forge.retry(await asSeen(input, forge), caller);',
    without: 'await forge.retry(input, caller);',
    tests: command,
  },
  ...guardsOf({ file: 'jobs/preparing/look-at-check.ts', tests: jobs }, [
    {
      name: 'a check that waits has failed once its time is over',
      text: "verdict.kind === 'waiting' && now - check.startedAt < policy.within",
      without: "verdict.kind === 'waiting'",
    },
    {
      name: 'silence about a check is not waited for longer than the check may take',
      text: "if (outcome.kind === 'silent' && !isLate) {",
      without: "if (outcome.kind === 'silent' && isLate) {",
    },
    {
      name: 'what is known of a command that passed is kept',
      text: 'besides: found.keep, isStill }',
      without: 'isStill }',
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/look-at-check.ts', tests: looked }, [
    {
      name: 'a look at a check is at what was asked for when it began',
      text: ' || plannedCheck(policy).of !== check.of) {',
      without: ') {',
    },
    {
      name: 'what is new is known only where every region tells what is live',
      text: 'live.length > 0 && regions.every((one) => one.commit !== undefined);',
      without: 'live.length > 0;',
    },
    {
      name: 'nobody lets a check pass whom the policy does not name',
      text: ' ? { override: policy.override } : {};',
      without: " ? { override: policy.override } : { override: 'release-manager' };",
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/note.ts', tests: noted }, [
    {
      name: 'nothing is found out any more of a deployment that is over',
      text: 'if (situation.isOver || !isStill(situation))',
      without: 'if (!isStill(situation))',
    },
    {
      name: 'nothing is found out any more that is about something else by then',
      text: 'if (situation.isOver || !isStill(situation))',
      without: 'if (situation.isOver)',
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/next-act.ts', tests: jobs }, [
    {
      name: 'nothing is asked or started before its checks are done',
      text: '  if (readied !== undefined) return readied;\n',
      without: '',
    },
    {
      name: 'what passed long ago is looked at again right before the start',
      text: "return staleCheck(situation) ?? { kind: 'look' };",
      without: "return { kind: 'look' };",
    },
  ]),
  ...guardsOf({ file: 'src/config/check-problems.ts', tests: mistakes }, [
    {
      name: 'no command is to be run where nothing runs commands',
      text: "if (check.kind === 'command' && file.runner === undefined) {",
      without: "if (check.kind === 'command' && file.runner === null) {",
    },
    {
      name: 'GitHub is not to be asked where Forge does not know it',
      text: 'if (NEED_GITHUB.has(check.kind) && file.github === undefined) {',
      without: 'if (NEED_GITHUB.has(check.kind) && file.github === null) {',
    },
    {
      name: 'no environment waits for itself',
      text: 'if (check.in === place.environment) {',
      without: "if (check.in === '') {",
    },
    {
      name: 'no check waits for where the service does not run',
      text: '  if (place.ofService.runs[check.in] !== undefined) return [];\n',
      without: '  if (place.ofService.runs !== undefined) return [];\n',
    },
    {
      name: 'no two checks are called the same',
      text: '    if (!known.has(name)) {',
      without: "    if (name !== '') {",
    },
    {
      name: 'no word is wanted of a role nobody has',
      text: 'if (everyOf(role, place, people).length > 0 || isEverybodyOf(role, place, people)) return [];',
      without: 'if (everyOf(role, place, people).length >= 0) return [];',
    },
  ]),
];

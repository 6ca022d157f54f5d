// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const command = ['test/checks/command.test.ts'];
const github = ['test/checks/github.test.ts'];
const staged = ['test/checks/staged.test.ts', 'test/checks/doubtful.test.ts'];
const changelog = ['test/checks/changelog.test.ts', 'test/checks/doubtful.test.ts'];
const migrations = ['test/checks/migrations-safe.test.ts', 'test/checks/doubtful.test.ts'];
const box = ['test/checks/box.test.ts'];
const believed = [
  'test/use-cases/look-at-check.test.ts',
  'test/use-cases/believed-of-its-repository.test.ts',
];

/** What each kind of check takes for passed: what nobody can tell is not. */
export const checks: readonly Guard[] = [
  ...guardsOf({ file: 'src/checks/command.ts', tests: command }, [
    {
      name: 'a command has passed that ended with 0',
      text: 'if (outcome.code === 0) return',
      without: 'if (outcome.code <= 1) return',
    },
    {
      name: 'a command that was killed has not failed, and has not passed',
      text: "return { kind: 'unknown', says, ...shown(outcome.output.text, context) };\n    }\n    case 'timed-out'",
      without: "return { kind: 'passed', says };\n    }\n    case 'timed-out'",
    },
    {
      name: 'a command that did not end in time has not passed',
      text: "return { kind: 'failed', says, ...shown(outcome.output.text, context) };\n    }\n    case 'install-failed'",
      without: "return { kind: 'passed', says };\n    }\n    case 'install-failed'",
    },
    {
      name: 'a command whose dependencies could not be installed has not passed',
      text: "return { kind: 'unknown', says, ...shown(outcome.output.text, context) };\n    }\n    case 'unavailable'",
      without: "return { kind: 'passed', says };\n    }\n    case 'unavailable'",
    },
    {
      name: 'a command that could not be run has not passed',
      text: "return { kind: 'unknown', says: `${quoted(run)} was not run:",
      without: "return { kind: 'passed', says: `${quoted(run)} was not run:",
    },
    {
      name: 'a command has not passed where nothing runs commands',
      text: "return { kind: 'unknown', says };\n  }\n  const { signal",
      without: "return { kind: 'passed', says };\n  }\n  const { signal",
    },
  ]),
  ...guardsOf({ file: 'src/checks/github.ts', tests: github }, [
    {
      name: 'a check on GitHub has not passed where Forge is not signed in',
      text: '  if (codeHost === undefined) return withoutGithub();\n',
      without: "  if (codeHost === undefined) return { kind: 'passed', says: '' };\n",
    },
    {
      name: 'only the check of that very name counts',
      text: 'checks.find(({ name }) => name === policy.check);',
      without: 'checks.find(({ name }) => name.startsWith(policy.check.slice(0, 1)));',
    },
    {
      name: 'a check that GitHub does not know has not passed',
      text: "  return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN };\n}\n\nfunction verdictOf",
      without: "  return { kind: 'passed', says };\n}\n\nfunction verdictOf",
    },
    {
      name: 'a check that was skipped or says neither has not passed, unless policy accepts that',
      text: 'if (accepts.includes(found.state)) {',
      without: 'if (accepts !== undefined) {',
    },
    {
      name: 'a check that is stale has not passed',
      text: "    case 'stale':\n      return {\n        kind: 'unknown',",
      without: "    case 'stale':\n      return {\n        kind: 'passed',",
    },
    {
      name: 'a check that was cancelled has not passed',
      text: "    case 'cancelled':\n      return {\n        kind: 'failed',",
      without: "    case 'cancelled':\n      return {\n        kind: 'passed',",
    },
    {
      name: 'a check that took too long has not passed',
      text: "return { kind: 'failed', says: `${name} took too long",
      without: "return { kind: 'passed', says: `${name} took too long",
    },
    {
      name: 'a check that waits for somebody has not passed',
      text: "return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN, ...more };",
      without: "return { kind: 'passed', says };",
    },
  ]),
  ...guardsOf({ file: 'src/checks/index.ts', tests: box }, [
    {
      name: 'what waits for longer than it may has failed',
      text: 'if (left > 0) return',
      without: 'if (left !== undefined) return',
    },
  ]),
  ...guardsOf({ file: 'src/checks/staged.ts', tests: staged }, [
    {
      name: 'only the very commit counts as proven elsewhere',
      text: 'there.find(({ plan }) => plan.to.commit === commit);',
      without: 'there.find(({ plan }) => plan.to.commit !== undefined);',
    },
    {
      name: 'what was live in any other environment does not count',
      text: 'environment: policy.in, limit: BACK',
      without: 'environment: environment.name, limit: BACK',
    },
    {
      name: 'what was rolled back elsewhere is not proven',
      text: 'const by = undoneBy ?? undoingBy;',
      without: 'const by = undoingBy;',
    },
    {
      name: 'what is being rolled back elsewhere is not proven',
      text: 'const by = undoneBy ?? undoingBy;',
      without: 'const by = undoneBy;',
    },
    {
      name: 'another image of the same commit is not proven',
      text: "image.kind !== 'present' || !proven.has(image.digest)",
      without: "image.kind !== 'present'",
    },
    {
      name: 'what cannot be compared is not proven',
      text: 'if (missing !== undefined || images.length === 0) {',
      without: 'if (missing !== undefined) {',
    },
  ]),
  ...guardsOf({ file: 'src/checks/changelog.ts', tests: changelog }, [
    {
      name: 'a changelog that was removed tells nothing',
      text: "if (listed?.status === 'removed') return",
      without: "if (listed?.status === 'other') return",
    },
    {
      name: 'a changelog that has not changed tells nothing',
      text: 'listed !== undefined || (isCut && (await isOther(file, { bases, subject }, codeHost, options)));',
      without: 'listed !== undefined || isCut || since !== undefined;',
    },
    {
      name: 'a changelog that may have changed is looked at itself',
      text: '(isCut && (await isOther(file, { bases, subject }, codeHost, options)))',
      without: 'isCut',
    },
    {
      name: 'a changelog is new where it differs from what is live in every region',
      text: '    if ((await codeHost.file(repository, { path, sha }, options)) === now) return false;\n',
      without: '    if ((await codeHost.file(repository, { path, sha }, options)) !== now) return true;\n',
    },
  ]),
  ...guardsOf({ file: 'src/checks/changes.ts', tests: changelog }, [
    {
      name: 'nobody can tell what has changed since what nobody knows',
      text: 'if (bases.length === 0) {',
      without: 'if (bases.length < 0) {',
    },
    {
      name: 'nobody can tell what has changed since what GitHub does not know',
      text: '    if (comparison === undefined) return unknown(incomparable(subject, base));\n',
      without: '    if (comparison === undefined) continue;\n',
    },
    {
      name: 'nothing is new only where nothing is new in any region',
      text: 'isNothingNew: comparisons.every(',
      without: 'isNothingNew: comparisons.some(',
    },
    {
      name: 'GitHub’s list of files is not taken for all of them',
      text: 'isCut: comparisons.some((one) => one.files.length >= MOST_FILES),',
      without: 'isCut: false,',
    },
  ]),
  ...guardsOf({ file: 'src/checks/migrations-safe.ts', tests: migrations }, [
    {
      name: 'migrations have not passed where nobody knows what is new',
      text: "  if (changes.kind === 'unknown') return changes.verdict;\n",
      without: "  if (changes.kind === 'unknown') return { kind: 'passed', says: '' };\n",
    },
    {
      name: 'a file that GitHub does not show may hold anything',
      text: "unreadable: [{ line: 1, says: 'GitHub does not show it' }] }",
      without: 'unreadable: [] }',
    },
    {
      name: 'a contract step is declared for its own file',
      text: 'const expanding = files.filter(({ isContract }) => !isContract);',
      without: 'const expanding = files.some(({ isContract }) => isContract) ? [] : files;',
    },
    {
      name: 'what breaks what is live has not passed',
      text: 'if (broken.length > 0) {',
      without: 'if (broken.length < 0) {',
    },
    {
      name: 'what the parser cannot read has not passed, declared or not',
      text: '    ...sentences(files, ({ unreadable }) => unreadable),\n',
      without: '    ...sentences(expanding, ({ unreadable }) => unreadable),\n',
    },
    {
      name: 'what hides what it does has not passed',
      text: '    ...sentences(expanding, ({ hidden }) => hidden),\n',
      without: '',
    },
    {
      name: 'migrations that GitHub may not have listed have not passed',
      text: '  if (isCut) {\n',
      without: '  if (since === undefined) {\n',
    },
    {
      name: 'a contract step is declared among the comments a file begins with',
      text: String.raw`const CONTRACT = /^(?:\s*--[^\n]*\n)*?\s*--[ \t]*forge:`,
      without: String.raw`const CONTRACT = /--[ \t]*forge:`,
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/look-at-check.ts', tests: believed }, [
    {
      name: 'only what passed is remembered',
      text: "  if (verdict.kind !== 'passed') return { verdict, keep: [] };\n",
      without: "  if (verdict.kind === 'waiting') return { verdict, keep: [] };\n",
    },
    {
      name: 'what passed is remembered of its commit',
      text: 'commit: subject.commit, run, install }',
      without: 'run, install }',
    },
    {
      name: 'what passed is remembered of its command',
      text: 'commit: subject.commit, run, install }',
      without: 'commit: subject.commit, install }',
    },
    {
      name: 'what passed is remembered of what was installed for it',
      text: 'commit: subject.commit, run, install }',
      without: 'commit: subject.commit, run }',
    },
    {
      name: 'what passed is remembered of its repository',
      text: '{ repository: subject.service.repository, commit',
      without: '{ commit',
    },
    {
      name: 'what passed long ago is made again',
      text: 'known !== undefined && adapters.clock.now() - known.at < BELIEVED_FOR',
      without: 'known !== undefined',
    },
  ]),
];

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const code = ['test/code.test.ts'];
const settings = ['test/config/github.test.ts'];
const run = ['test/runner/run.test.ts'];
const repository = ['test/runner/repository.test.ts'];
const crash = ['test/runner/crash.test.ts'];
const limits = ['test/runner/limits.test.ts'];
const kept = ['test/runner/kept.test.ts'];
const given = ['test/runner/given-to-git.test.ts'];

/** That the code of a branch runs with nothing of Forge's, and nothing of it is left. The walls themselves are in `walls.ts`. */
export const runner: readonly Guard[] = [
  ...guardsOf({ file: 'src/code.ts', tests: code }, [
    {
      name: 'Forge does not start where the code of a branch could reach what is Forge’s',
      text: "    if (problems.length > 0) throw new UserError(problems.join('\\n  - '));\n",
      without: '',
    },
    {
      name: 'the database is nobody else’s from the first start on',
      text: "closeSync(openSync(databaseFile, 'a', 0o600));",
      without: "closeSync(openSync(databaseFile, 'a', 0o644));",
    },
  ]),
  ...guardsOf({ file: 'src/config/runner-problems.ts', tests: settings }, [
    {
      name: 'another user has a name',
      text: "if (isolation === 'user' && user === undefined) {",
      without: "if (isolation === 'user' && user === '') {",
    },
    {
      name: 'without isolation nothing looks like another user',
      text: "if (isolation === 'none' && user !== undefined) {",
      without: "if (isolation === 'none' && user === '') {",
    },
    {
      name: 'no network is promised that cannot be taken away',
      text: "if (isolation !== 'bubblewrap' && network === 'none') {",
      without: "if (isolation === 'bubblewrap' && network === 'open' && user === '') {",
    },
    {
      name: 'two commands of one user do not run at once',
      text: 'atOnce !== undefined && atOnce > 1) {',
      without: 'atOnce !== undefined && atOnce > 16) {',
    },
  ]),
  ...guardsOf({ file: 'src/runner/well-formed.ts', tests: repository }, [
    {
      name: 'nothing but the name of a repository reaches a command line',
      text: 'if (!REQUEST.repository.test(repository)) throw',
      without: "if (repository === '') throw",
    },
  ]),
  ...guardsOf({ file: 'src/runner/create-command-runner.ts', tests: run }, [
    {
      name: 'so many commands run at once as the policy says',
      text: "createTurns(policy.isolation === 'user' ? 1 : policy.atOnce);",
      without: 'createTurns(16);',
    },
    {
      name: 'what a command left is cleared away before the next one',
      text: 'await clearAway(folder, workshop).finally(turn.release);',
      without: 'turn.release();',
    },
  ]),
  ...guardsOf({ file: 'src/runner/git.ts', tests: repository }, [
    {
      name: 'git carries what it signs in with nowhere else',
      text: "'http.followRedirects': 'false',",
      without: "'http.followRedirects': 'true',",
    },
    {
      name: 'git dies before Forge when memory runs out',
      text: "'--', ...firstToGo(MOST_MEMORY)];",
      without: "'--'];",
    },
  ]),
  ...guardsOf({ file: 'src/runner/mirror.ts', tests: repository }, [
    {
      name: 'code is fetched in known ways only',
      text: "if (!['https', 'http', 'file'].includes(protocol))",
      without: 'if (protocol.length === 0)',
    },
    {
      name: 'what git signs in with is on no command line',
      text: "        '--end-of-options',\n        url,",
      without:
        "        ...(header === undefined ? [] : ['--server-option', header.value]),\n        '--end-of-options',\n        url,",
    },
  ]),
  ...guardsOf({ file: 'src/runner/run-command.ts', tests: run }, [
    {
      name: 'a command does not run without its dependencies',
      text: "if (ended.kind === 'exited' && ended.code === 0) return undefined;",
      without: "if (ended.kind === 'exited') return undefined;",
    },
  ]),
  ...guardsOf({ file: 'src/runner/kept.ts', tests: kept }, [
    {
      name: 'what is kept is of one commit',
      text: 'JSON.stringify([repository, commit, install, work])',
      without: 'JSON.stringify([repository, install, work])',
    },
    {
      name: 'what is kept is of one repository',
      text: 'JSON.stringify([repository, commit, install, work])',
      without: 'JSON.stringify([commit, install, work])',
    },
    {
      name: 'what somebody copies is not removed meanwhile',
      text: 'if (isForgotten && readers === 0) await',
      without: 'if (isForgotten) await',
    },
    {
      name: 'only so much is kept',
      text: '      if (kept.size > MOST && oldest !== undefined) await forget(oldest);\n',
      without: '',
    },
    {
      name: 'nothing is left of what was not finished',
      text: '      await removeTheirs(at, isolation);\n      throw error;',
      without: '      throw error;',
    },
  ]),
  ...guardsOf({ file: 'src/runner/run-process.ts', tests: run }, [
    {
      name: 'everything that a command started ends with it',
      text: '    await launch.endAll(child.pid, status);\n',
      without: '    child.kill("SIGKILL");\n',
    },
    {
      name: 'a command that a signal ended has not ended by itself',
      text: "      if (name !== undefined) return { kind: 'killed', signal: name, output, tookMs };\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/boxes.ts', tests: crash }, [
    {
      name: 'what another Forge that lives runs is not removed',
      text: 'isAlive: isOwn || (await isAlive(name, folder))',
      without: 'isAlive: isOwn',
    },
    {
      name: 'what a Forge that is dead left is removed',
      text: '  for (const { folder } of left) await removeTheirs(folder, isolation);\n',
      without: '',
    },
    {
      name: 'what another Forge runs as the same user is not ended',
      text: 'if (!runs.some(({ isAlive, isOwn }) => isAlive && !isOwn)) await',
      without: 'if (runs.length >= 0) await',
    },
  ]),
  ...guardsOf({ file: 'src/runner/descriptors.ts', tests: crash }, [
    {
      name: 'a command has no file that somebody left open for Forge',
      text: 'return existsSync(BASH) ?',
      without: 'return last < 0 ?',
    },
  ]),
  ...guardsOf({ file: 'src/runner/limits.ts', tests: limits }, [
    {
      name: 'no dump of what is in memory is written',
      text: "return ['prlimit', '--core=0:0', `--fsize",
      without: "return ['prlimit', `--fsize",
    },
    {
      name: 'a command is the first to go when memory runs out',
      text: '`${FIRST_TO_GO}; exec 2>&1; exec',
      without: '`exec 2>&1; exec',
    },
  ]),
  ...guardsOf({ file: 'src/runner/room.ts', tests: limits }, [
    {
      name: 'a full disk is said to be',
      text: '  if (bavail * bsize >= least) return undefined;\n',
      without: '  if (bavail * bsize >= 0) return undefined;\n',
    },
    {
      name: 'a disk is full of files as well',
      text: 'if (files > 0 && ffree < LEAST_FILES)',
      without: 'if (files < 0 && ffree < LEAST_FILES)',
    },
  ]),
  ...guardsOf({ file: 'src/runner/turns.ts', tests: ['test/runner/turns.test.ts'] }, [
    {
      name: 'a place is given back once',
      text: '        if (!isHeld) return;\n',
      without: '',
    },
    {
      name: 'who has stopped waiting gets no turn',
      text: '      waiting.splice(waiting.indexOf(give), 1);\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/well-formed.ts', tests: given }, [
    {
      name: 'nothing but the whole number of a commit reaches a command line',
      text: 'if (!REQUEST.commit.test(commit)) throw',
      without: "if (commit === '') throw",
    },
  ]),
  ...guardsOf({ file: 'src/runner/git.ts', tests: given }, [
    {
      name: 'git is given nothing of Forge’s environment but the way to the internet',
      text: 'Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));',
      without: 'Object.entries(process.env);',
    },
  ]),
];

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const checks = ['test/github/checks.test.ts', 'test/github/statuses.test.ts'];
const pulls = ['test/github/pull-requests.test.ts', 'test/github/nothing-else.test.ts'];
const addresses = ['test/github/addresses.test.ts', 'test/github/not-asked.test.ts'];
const pages = ['test/github/pages.test.ts'];
const fuzz = ['test/github/fuzz.test.ts'];
const builds = ['test/github/builds.test.ts'];
const belonging = ['test/github/belonging.test.ts'];

/** What GitHub says is taken for no more than it says, and nothing but what was meant is asked. */
export const githubReading: readonly Guard[] = [
  ...guardsOf({ file: 'src/github/checks.ts', tests: checks }, [
    {
      name: 'whoever may write a status does not speak for another App',
      text: 'if (other === undefined || BADNESS[check.state] > BADNESS[other.state]) worst.set',
      without: 'if (other === undefined || BADNESS[check.state] < BADNESS[other.state]) worst.set',
    },
    {
      name: 'another App’s new run does not take the place of this one’s',
      text: 'JSON.stringify([one.by, one.check.name])',
      without: 'JSON.stringify([one.check.name])',
    },
    {
      name: 'of the runs of a check the newest counts',
      text: 'if (other === undefined || isNewer(one, other)) newest.set',
      without: 'if (other === undefined || isNewer(other, one)) newest.set',
    },
    {
      name: 'a run that has not begun is newer than any that has',
      text: 'run.started_at ?? Number.POSITIVE_INFINITY',
      without: 'run.started_at ?? 0',
    },
    {
      name: 'a conclusion nobody has heard of is no pass',
      text: "(STATES.get(conclusion) ?? 'failed')",
      without: "(STATES.get(conclusion) ?? 'passed')",
    },
    {
      name: 'a run that goes on has come to nothing yet',
      text: "return status === 'completed' ? (STATES.get(conclusion) ?? 'failed') : 'waiting';",
      without: "return STATES.get(conclusion) ?? 'waiting';",
    },
    {
      name: 'a status nobody has heard of is no pass',
      text: "return state === 'success' ? 'passed' : 'failed';",
      without: "return state === 'failure' || state === 'error' ? 'failed' : 'passed';",
    },
    {
      name: 'a status that is pending is no pass',
      text: "  if (state === 'pending') return 'waiting';\n",
      without: "  if (state === 'pending') return 'passed';\n",
    },
  ]),
  ...guardsOf({ file: 'src/github/api.ts', tests: pages }, [
    {
      name: 'a list is read to its last page',
      text: 'if (isEnough(answer) || !hasNext(headers)) return pages;',
      without: 'if (isEnough(answer) || headers !== undefined) return pages;',
    },
    {
      name: 'a list that is cut does not look whole',
      text: '      throw new CodeHostRefused(\n        `Could not ${call.what}: there are more than',
      without:
        '      return pages;\n      throw new CodeHostRefused(\n        `Could not ${call.what}: there are more than',
    },
  ]),
  {
    name: 'a repository nobody may see does not look like one without the file',
    file: 'src/github/api.ts',
    text: '        await read(repository, seeing(repository), options);\n',
    without: '',
    tests: ['test/github/refusals.test.ts'],
  },
  ...guardsOf({ file: 'src/github/send.ts', tests: fuzz }, [
    {
      name: 'an answer that was not expected is no answer',
      text: '  if (answer.success) return answer.data;\n  throw',
      without:
        '  if (answer.success) return answer.data;\n  if (data !== undefined) return data as Answer;\n  throw',
    },
  ]),
  ...guardsOf({ file: 'src/github/send.ts', tests: addresses }, [
    {
      name: 'a name of dots is not another address',
      text: "    if (value === '' || value === '.' || value === '..') {",
      without: "    if (value === '') {",
    },
  ]),
  ...guardsOf({ file: 'src/github/repository-name.ts', tests: addresses }, [
    {
      name: 'a repository is called owner/name and nothing else',
      text: String.raw`/^([\w.-]+)\/([\w.-]+)$/.exec(repository)`,
      without: String.raw`/^([^/]+)\/([^/]+)$/.exec(repository)`,
    },
    {
      name: 'a ref that git would not call so is not asked for',
      text: '    ref.length <= 255 &&\n    !/',
      without: '    ref.length <= 255 ||\n    !/',
    },
  ]),
  ...guardsOf({ file: 'src/github/commits.ts', tests: addresses }, [
    {
      name: 'the path of a file does not climb',
      text: '      requirePath(path, what);\n',
      without: '',
    },
    {
      name: 'only what git calls a ref is compared',
      text: 'if (!isRefName(base) || !isRefName(head)) {',
      without: "if (base === '' || head === '') {",
    },
    {
      name: 'what is no whole number of a commit is no commit',
      text: '      if (!isSha(sha)) return undefined;\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/refs.ts', tests: addresses }, [
    {
      name: 'a branch that is called as a commit is not taken for it',
      text: '      if (isSha(ref)) return committed(api, repository, ref, options);\n',
      without: '',
    },
    {
      name: 'what git would not call a ref is absent',
      text: "      if (!isRefName(ref)) return { kind: 'absent' };\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/pull-request.ts', tests: pulls }, [
    {
      name: 'a pull request of a fork is not taken for the branch’s own',
      text: 'return head.repo != null && head.repo.full_name === base.repo?.full_name;',
      without: 'return head.repo != null;',
    },
    {
      name: 'what GitHub would merge is not taken for what it has merged',
      text: '...(pull.merged && pull.merge_commit_sha != null && {',
      without: '...(pull.merge_commit_sha != null && {',
    },
    {
      name: 'what GitHub has not worked out is not mergeable',
      text: "  if (mergeable !== true) return 'unknown';\n",
      without: '',
    },
    {
      name: 'a state of merging nobody has heard of is not mergeable',
      text: "    default:\n      return 'unknown';",
      without: "    default:\n      return 'yes';",
    },
    {
      name: 'a conflict is one, whatever else GitHub says',
      text: "  if (mergeable === false || state === 'dirty') return 'conflict';\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/reviews.ts', tests: pulls }, [
    {
      name: 'the word of a bot does not count',
      text: "if (user == null || user.type === 'Bot') return false;",
      without: 'if (user == null) return false;',
    },
    {
      name: 'only the word of who may write counts',
      text: "return found?.permission === 'write' || found?.permission === 'admin';",
      without: 'return found !== undefined;',
    },
    {
      name: 'where Forge may not see who may write, only owners are known to',
      text: "return association === 'OWNER';",
      without: "return association !== '';",
    },
    {
      name: 'what somebody has not sent yet is no review',
      text: "if (review.user == null || review.state === 'PENDING') continue;",
      without: 'if (review.user == null) continue;',
    },
    {
      name: 'a comment afterwards does not take a verdict back',
      text: 'if (before === undefined || !isComment(review) || isComment(before))',
      without: 'if (before === undefined || review.id > 0)',
    },
    {
      name: 'an approval that was dismissed is none',
      text: "    case 'DISMISSED':\n      return 'dismissed';",
      without: "    case 'DISMISSED':\n      return 'approved';",
    },
  ]),
  ...guardsOf({ file: 'src/github/workflow-run.ts', tests: builds }, [
    {
      name: 'an end of a run nobody has heard of is no pass',
      text: "conclusion === 'cancelled' || conclusion === 'skipped' ? conclusion : 'failed';",
      without:
        "conclusion === 'cancelled' || conclusion === 'skipped' || conclusion === 'failure' ? 'failed' : 'passed';",
    },
    {
      name: 'a run that was skipped has not passed',
      text: "state: state === 'skipped' ? 'failed' : state,",
      without: "state: state === 'skipped' ? 'passed' : state,",
    },
  ]),
  ...guardsOf({ file: 'src/github/workflow-runs.ts', tests: builds }, [
    {
      name: 'a run is found by its whole name, not by the beginning of it',
      text: '(?<![\\\\w-])${escaped}(?![\\\\w-])',
      without: '${escaped}',
    },
    {
      name: 'runs of long before are not taken for this one',
      text: '{ workflow, since: since - CLOCK_DIFFERENCE }',
      without: '{ workflow, since: 0 }',
    },
  ]),
  ...guardsOf({ file: 'src/github/belonging.ts', tests: belonging }, [
    {
      name: 'a commit is a branch’s own that is behind it, and no other',
      text: "return found?.status === 'behind' || found?.status === 'identical';",
      without: "return found !== undefined && found.status !== 'ahead';",
    },
    {
      name: 'a commit is nobody’s only where all branches and tags were looked at',
      text: 'if (most.length === tips.length) return',
      without: 'if (most.length >= 0) return',
    },
    {
      name: 'GitHub is asked only so often whose a commit is',
      text: 'const most = tips.slice(0, MOST_COMPARED);',
      without: 'const most = tips;',
    },
  ]),
  {
    name: 'the end of a log is not taken for empty where it could not be fetched',
    file: 'src/github/job-log.ts',
    text: '    if (!response.ok) throw new Error(`The log’s address answered ${response.status}`);\n',
    without: '    if (!response.ok) return undefined;\n',
    tests: builds,
  },
];

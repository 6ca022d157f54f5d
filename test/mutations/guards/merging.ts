// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const shipping = ['test/use-cases/ship.test.ts'];
const unsure = ['test/jobs/ship-unsure.test.ts'];
const ship = ['test/jobs/ship-merge.test.ts'];

/** When a pull request may be merged: exactly what was checked, approved by others, and by whoever may. */
export const merging: readonly Guard[] = [
  ...guardsOf(
    { file: 'src/domain/pull-request-standing.ts', tests: ['test/domain/pull-request-standing.test.ts'] },
    [
      {
        name: 'a draft is not merged',
        text: '...(seen.isDraft ?',
        without: '...(seen.base === undefined ?',
      },
      {
        name: 'what conflicts with its base is not merged',
        text: "...(seen.mergeable === 'conflict'",
        without: '...(seen.base === undefined',
      },
      {
        name: 'what is behind its base is not merged',
        text: "...(seen.mergeable === 'behind'",
        without: '...(seen.base === undefined',
      },
      {
        name: 'what nobody knows to be mergeable is not merged',
        text: "...(seen.mergeable === 'unknown' ?",
        without: '...(seen.base === undefined ?',
      },
      {
        name: 'what a rule of the branch forbids is not merged',
        text: "seen.mergeable === 'blocked' && !isExplained ? [rule] : needs",
        without: 'seen.base === undefined && !isExplained ? [rule] : needs',
      },
      {
        name: 'what failed a check on GitHub is not merged',
        text: '    ...checks.failed,\n',
        without: '',
      },
      {
        name: 'what waits for a check on GitHub is not merged',
        text: '    ...checks.waiting,\n',
        without: '',
      },
      {
        name: 'what somebody wants changed is not merged',
        text: '...(changesWantedBy.length > 0 ?',
        without: '...(seen.base === undefined ?',
      },
      {
        name: 'the wish for changes counts of those only whose word does',
        text: "verdict === 'changes-requested' && counts ?",
        without: "verdict === 'changes-requested' ?",
      },
      {
        name: 'what has more makers than GitHub lists is not merged',
        text: '...(seen.areMakersKnown\n',
        without: '...(seen.base !== undefined\n',
      },
      {
        name: 'nobody counts as another where not all makers are known',
        text: '  if (!areMakersKnown) return [];\n',
        without: '',
      },
      {
        name: 'as many others have to approve it as the policy says',
        text: '...(missing > 0\n',
        without: '...(missing > 99\n',
      },
      {
        name: 'only an approval approves',
        text: "if (verdict !== 'approved' || !counts ||",
        without: "if (verdict === 'changes-requested' || !counts ||",
      },
      {
        name: 'only the word of those counts who may write to the repository',
        text: "verdict !== 'approved' || !counts || sha",
        without: "verdict !== 'approved' || sha",
      },
      {
        name: 'the approval of a commit before does not count for this one',
        text: ' || sha !== head ||',
        without: ' ||',
      },
      {
        name: 'who made it does not approve it',
        text: 'return makers.some((maker) => isSame(maker, by)) ? [] : [by.login];',
        without: 'return [by.login];',
      },
      {
        name: 'who made it is known by their login, however that is written',
        text: 'return same(one.login, other.login) || same(one.email, other.email);',
        without: 'return one.login === other.login || same(one.email, other.email);',
      },
      {
        name: 'who made it is known by their address as well',
        text: 'return same(one.login, other.login) || same(one.email, other.email);',
        without: 'return same(one.login, other.login);',
      },
      {
        name: 'a check on GitHub that is stale, was cancelled or took too long did not pass',
        text: "    case 'failed':\n    case 'stale':",
        without: "    case 'failed':\n      return 'failed';\n    case 'stale':\n      return 'passed';",
      },
      {
        name: 'checks that GitHub has not started yet are waited for',
        text: 'seen.checks.length === 0 && seen.age < CHECKS_BEGIN_WITHIN;',
        without: 'false;',
      },
    ],
  ),
  ...guardsOf({ file: 'src/domain/shipment.ts', tests: ['test/domain/shipment.test.ts'] }, [
    {
      name: 'what GitHub said of another commit does not make this one ready',
      text: 'standing.head === head && ',
      without: '',
    },
    {
      name: 'nothing is ready while something stands in its way',
      text: ' && standing.lacks.length === 0',
      without: '',
    },
    {
      name: 'nothing is ready while GitHub does not answer',
      text: ' || trouble !== undefined) return false;',
      without: ') return false;',
    },
  ]),
  ...guardsOf(
    {
      file: 'src/domain/evolve-shipment.ts',
      tests: ['test/domain/shipment.test.ts', 'test/domain/whose-merge.test.ts'],
    },
    [
      {
        name: 'what was said of a commit before is forgotten',
        text: 'const { standing: _standing, mergeRefused: _refused, ...rest } = state;',
        without: 'const { mergeRefused: _refused, ...rest } = state;',
      },
      {
        name: 'what a commit before passed this one has to pass again',
        text: "head, headAt, checks: [], phase: { kind: 'checking' } };",
        without: "head, headAt, phase: { kind: 'checking' } };",
      },
      {
        name: 'what failed is made again when somebody retries',
        text: "state.checks.filter((check) => check.state === 'passed');",
        without: 'state.checks.map((check) => ({ ...check, state: "passed" as const }));',
      },
      {
        name: 'a merge by Forge is the doing of who asked for it',
        text: "state.phase.kind === 'merging' ? state.phase.by : state.requestedBy;",
        without: 'state.requestedBy;',
      },
    ],
  ),
  ...guardsOf({ file: 'src/use-cases/steer-shipment.ts', tests: shipping }, [
    {
      name: 'nobody merges a commit that they were not shown',
      text: '    refuseMoved(shipment, seen);\n    if (!isReady(shipment))',
      without: '    if (!isReady(shipment))',
    },
    {
      name: 'nobody has merged what is not ready',
      text: '    if (!isReady(shipment)) throw new UserError(`${shipment.id} was not merged. ${notReady(shipment)}`);\n',
      without: '',
    },
    {
      name: 'what is being merged is not merged once more',
      text: "    if (shipment.phase.kind === 'merging') throw new UserError(`${shipment.id} is being merged already.`);\n",
      without: '',
    },
    {
      name: 'nothing is done about a shipment that is over',
      text: "if (!isShipped(shipment) && shipment.phase.kind !== 'deploying') return;",
      without: "if (shipment.phase.kind !== 'deploying') return;",
    },
    {
      name: 'what is merged is not stopped',
      text: "if (!isShipped(shipment) && shipment.phase.kind !== 'deploying') return;",
      without: 'if (!isShipped(shipment)) return;',
    },
    {
      name: 'what is being merged is not stopped',
      text: "      if (shipment.phase.kind === 'merging') {\n        throw",
      without: "      if (shipment.phase.kind === 'expired') {\n        throw",
    },
    {
      name: 'only what did not work is tried again',
      text: "if (shipment.phase.kind !== 'blocked') {",
      without: "if (shipment.phase.kind === 'expired') {",
    },
    {
      name: 'nobody has tried again what they were not shown',
      text: "    refuseMoved(shipment, seen);\n    if (shipment.phase.kind !== 'blocked')",
      without: "    if (shipment.phase.kind !== 'blocked')",
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/merge.ts', tests: ship }, [
    {
      name: 'what was closed or deleted meanwhile is not merged',
      text: '  if (befell !== undefined) return next(befell);\n',
      without: '',
    },
    {
      name: 'what somebody else merged at another commit is theirs',
      text: 'const byHand = sha === head ? {} :',
      without: 'const byHand = sha !== undefined ? {} :',
    },
    {
      name: 'what stands in the way right before the merge keeps it from being merged',
      text: "  if (standing.lacks.length > 0) return refused(standing.lacks.join(' '), { type: 'seen', standing });\n",
      without: '',
    },
  ]),
  {
    name: 'what was merged without an answer is of whoever asked for it, not of somebody on GitHub',
    file: 'jobs/shipping/merge.ts',
    text: "  if (pull.state === 'merged') {",
    without: "  if (id === '') {",
    tests: ['test/jobs/ship-exactly.test.ts'],
  },
  ...guardsOf({ file: 'jobs/shipping/standing.ts', tests: [...ship, ...unsure] }, [
    {
      name: 'what goes into another branch by now is not merged',
      text: 'if (pull.base.ref === base) return',
      without: 'if (pull.base.ref !== undefined) return',
    },
    {
      name: 'who asked Forge for it does not count as another',
      text: '      ...requesters(turn),\n',
      without: '',
    },
    {
      name: 'who wrote a commit of it does not count as another',
      text: '      ...commits.map(({ author }) => author),\n',
      without: '',
    },
    {
      name: 'who opened it does not count as another',
      text: '      pull.author,\n',
      without: '',
    },
    {
      name: 'who pushed a commit of it does not count as another',
      text: '      ...(await pushers(turn, commits)),\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/standing.ts', tests: unsure }, [
    {
      name: 'GitHub’s list of commits is not taken for all of them',
      text: 'areMakersKnown: commits.length >= totalCommits,',
      without: 'areMakersKnown: true,',
    },
    {
      name: 'the checks of GitHub that the policy names are looked at',
      text: 'required: await required(turn),',
      without: 'required: [],',
    },
    {
      name: 'a check of GitHub that nobody can tell about has not passed',
      text: "    case 'failed':\n    case 'unknown':\n      return { name, verdict: 'failed', says };",
      without:
        "    case 'unknown':\n      return { name, verdict: 'passed', says };\n    case 'failed':\n      return { name, verdict: 'failed', says };",
    },
  ]),
];

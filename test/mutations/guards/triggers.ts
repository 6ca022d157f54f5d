import { type Guard, guardsOf } from '../guard.ts';

const follow = ['test/jobs/follow.test.ts'];
const tags = ['test/jobs/follow-tags.test.ts'];
const merges = ['test/jobs/follow-merges.test.ts'];
const holds = ['test/jobs/automatic-holds.test.ts'];
const rightly = ['test/use-cases/followed-rightly.test.ts'];
const automatic = ['test/jobs/automatic.test.ts'];
const command = ['test/commands/automatic.test.ts', 'test/commands/stale-override.test.ts'];
const store = ['test/db/store.test.ts', 'test/db/told-push.test.ts'];

/** What is deployed without anybody asking: the newest, once, where policy says so, while nobody holds it, and in whose name. */
export const triggers: readonly Guard[] = [
  ...guardsOf({ file: 'src/use-cases/take-delivery.ts', tests: follow }, [
    {
      name: 'a push of another repository is nobody’s here',
      text: 'repository.toLowerCase() === push.repository.toLowerCase(),',
      without: "repository !== '' && push.repository !== '',",
    },
    {
      name: 'a ref that was deleted is not looked at',
      text: "  if (NONE.test(after)) return { outcome: 'deleted', changes: [] };\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/follow-ref.ts', tests: follow }, [
    {
      name: 'who pushed is waited for',
      text: 'if (told === undefined && isTold && !isLate) {',
      without: 'if (told === undefined && isTold && isLate) {',
    },
    {
      name: 'an image that others make is waited for',
      text: 'error instanceof ImageMissing && !isOverdue(commit, earlier, following)',
      without: 'error instanceof ImageMissing && isOverdue(commit, earlier, following)',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/follow-ref.ts', tests: merges }, [
    {
      name: 'while Forge merges, a push is nobody else’s',
      text: "if (merger === 'not-yet' && told?.person === undefined && !isLate) {",
      without: "if (merger === undefined && told?.person === 'not-yet' && !isLate) {",
    },
    {
      name: 'who had Forge merge it counts as who pushed it',
      text: 'const by = merger === undefined',
      without: 'const by = merger !== undefined',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/followed-refs.ts', tests: rightly }, [
    {
      name: 'a ref that policy does not follow is left alone',
      text: 'if (name === undefined || !isFollowed(ref, place.in)) continue;',
      without: 'if (name === undefined) continue;',
    },
    {
      name: 'a branch that is gone by then deploys nothing',
      text: '    if (commit === undefined) continue;\n',
      without: '    if (commit === undefined) throw new Error("It is gone");\n',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/pushed-by.ts', tests: rightly }, [
    {
      name: 'who somebody is, policy says before any address does',
      text: 'if (named !== undefined || email === undefined',
      without: 'if (email === undefined',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/automatic-request.ts', tests: rightly }, [
    {
      name: 'what somebody asked for by hand is not replaced by a push',
      text: 'return pushed !== undefined && startedAt',
      without: 'return startedAt',
    },
    {
      name: 'what has begun is not replaced by a push',
      text: 'pushed !== undefined && startedAt === undefined && !isFinished(deployment)',
      without: 'pushed !== undefined && !isFinished(deployment)',
    },
    {
      name: 'what was followed by another meanwhile is looked at again',
      text: "  if (last?.id !== after) return 'repeated';\n",
      without: '',
    },
  ]),
  {
    name: 'nothing is deployed by itself where policy does not say so any more',
    file: 'src/use-cases/follow-ref.ts',
    text: 'return isAutomatic({ service, environment }, policy) ? {',
    without: 'return policy !== undefined ? {',
    tests: rightly,
  },
  {
    name: 'what is pushed while it is held is remembered and not asked for',
    file: 'src/use-cases/follow-ref.ts',
    text: 'const isHeld = (await following.store.automaticHold(place)) !== undefined;',
    without: 'const isHeld = false;',
    tests: holds,
  },
  ...guardsOf({ file: 'src/use-cases/followed-refs.ts', tests: tags }, [
    {
      name: 'a tag that was moved deploys nothing',
      text: '  return known !== undefined && known !== commit;\n',
      without: '  return known === null;\n',
    },
    {
      name: 'a tag that was moved before Forge dealt with it deploys nothing',
      text: 'const known = last?.commit ?? before;',
      without: 'const known = last?.commit;',
    },
    {
      name: 'a tag of a lower version than one that was asked for is not deployed',
      text: 'const deployed = greater === undefined ? newest : undefined;',
      without: 'const deployed = newest;',
    },
    {
      name: 'of several tags the greatest version is deployed',
      text: 'byVersion(left.name.name, right.name.name)).at(-1);',
      without: 'byVersion(left.name.name, right.name.name)).at(0);',
    },
    {
      name: 'a branch that is called as a tag is not taken for it',
      text: 'if (now.kind === kind) return now.sha;',
      without: "if (now.kind !== 'absent') return now.sha;",
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/followed-refs.ts', tests: follow }, [
    {
      name: 'what was dealt with is not dealt with again',
      text: '    if (isDealtWith({ commit, last, before: pushed.before, isHeld })) continue;\n',
      without: '',
    },
  ]),
  {
    name: 'what was pushed while it was held is dealt with once nobody holds it',
    file: 'src/use-cases/followed-refs.ts',
    text: " && (last.outcome !== 'held' || isHeld)",
    without: '',
    tests: holds,
  },
  ...guardsOf({ file: 'src/use-cases/pushed-by.ts', tests: merges }, [
    {
      name: 'only the very commit that Forge merged is of who had it merged',
      text: 'merged?.commit === commit)',
      without: 'merged?.commit !== undefined)',
    },
    {
      name: 'what was merged by hand is of who did it, not of who shipped it',
      text: "if (by?.kind === 'person' && byHand === undefined)",
      without: "if (by?.kind === 'person')",
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/pushed-by.ts', tests: follow }, [
    {
      name: 'an address that two people have is nobody’s',
      text: 'return others.length === 0 ? one : undefined;',
      without: 'return one;',
    },
    {
      name: 'who wrote a commit is not taken for who pushed it',
      text: 'return author === undefined ? {} : { author };',
      without: 'return author === undefined ? {} : { person: author };',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/automatic-request.ts', tests: follow }, [
    {
      name: 'an older automatic deployment that has not begun is not started',
      text: '    ...others.flatMap((other) => superseding(other, { by: deployment, reason, cause })),\n',
      without: '',
    },
  ]),
  {
    name: 'a push waits while a person has the place',
    file: 'src/use-cases/request-deployment.ts',
    text: 'automatic === undefined ? others : others.filter((one) => !isReplaceable(one))',
    without: 'automatic === undefined ? others : []',
    tests: follow,
  },
  {
    name: 'a push is asked for as exactly its commit',
    file: 'src/use-cases/find-release.ts',
    text: 'return automatic?.pushed.commit ?? ref ?? environment.branch;',
    without: 'return ref ?? environment.branch;',
    tests: tags,
  },
  ...guardsOf({ file: 'db/automatic-changes.ts', tests: store }, [
    {
      name: 'what was pushed is recorded once for what came before it',
      text: "if ((last?.number ?? 0) !== (after === undefined ? 0 : numberIn(after, 'P'))) {",
      without: 'if ((last?.number ?? 0) < 0) {',
    },
    {
      name: 'nothing is asked for by itself while it is held, whoever comes first',
      text: "  if (record.outcome === 'requested' && isHeld(orm, record))\n    throw new Refusal('Nothing may be asked for there');\n",
      without: '',
    },
    {
      name: 'a hold is ended once',
      text: ', isNull(automaticHold.endedAt)))\n    .run();\n  if (written',
      without: '))\n    .run();\n  if (written',
    },
  ]),
  ...guardsOf({ file: 'db/automatics.ts', tests: store }, [
    {
      name: 'who pushed is told of that ref alone',
      text: '        eq(toldPush.ref, ref),\n',
      without: '',
    },
    {
      name: 'who pushed is told of that commit alone',
      text: '        eq(toldPush.commit, commit),\n',
      without: '',
    },
    {
      name: 'who pushed is told of that repository alone',
      text: '        eq(toldPush.repository, repository),\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/automatic-hold.ts', tests: holds }, [
    {
      name: 'a hold ends what was asked for automatically and has not begun',
      text: '    ...pending.flatMap((one) => superseding(one, { reason, cause })),\n',
      without: '',
    },
    {
      name: 'the button of an earlier hold does not end this one',
      text: ' || (seen !== undefined && seen !== hold.id)) {',
      without: ') {',
    },
    {
      name: 'the button of the deployment because of which it was held does not end another hold',
      text: 'const isOther = because !== undefined && because !== hold?.deployment;',
      without: 'const isOther = false;',
    },
    {
      name: 'nothing is held where nothing is deployed by itself',
      text: '  if (isAutomatic(place, policy)) return;\n',
      without: '  if (policy !== undefined) return;\n',
    },
  ]),
  {
    name: 'what is held is not held once more',
    file: 'src/use-cases/automatic-hold.ts',
    text: '  if ((await store.automaticHold(place)) !== undefined) return [];\n',
    without: '',
    tests: command,
  },
  ...guardsOf({ file: 'commands/automatic.ts', tests: command }, [
    {
      name: 'to hold what is deployed by itself takes the right to pause',
      text: "    await asking.permit({ act: 'pause', ...names });\n",
      without: '',
    },
    {
      name: 'to let it go on takes the right to deploy',
      text: "  await asking.permit({ act: 'deploy', ...names });\n",
      without: '',
    },
  ]),
  {
    name: 'a rollback holds what is deployed by itself',
    file: 'src/use-cases/roll-back.ts',
    text: 'isAutomatic(holding, policy) ? await holdChanges(holding, store) : [];',
    without: 'isAutomatic(holding, policy) ? [] : [];',
    tests: automatic,
  },
  ...guardsOf({ file: 'jobs/endings.ts', tests: automatic }, [
    {
      name: 'what failed and was put back holds what is deployed by itself',
      text: 'return withHold(ended, await holdAfter(deployment, store));',
      without: 'return withHold(ended, []);',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/automatic-hold.ts', tests: automatic }, [
    {
      name: 'an abort before anything began holds nothing',
      text: 'if (pushed === undefined || startedAt === undefined) return [];',
      without: 'if (pushed === undefined) return [];',
    },
  ]),
  {
    name: 'what somebody asked for by hand holds nothing when it fails',
    file: 'src/use-cases/automatic-hold.ts',
    text: 'if (pushed === undefined || startedAt === undefined) return [];',
    without: 'if (startedAt === undefined) return [];',
    tests: ['test/use-cases/held-after.test.ts'],
  },
  ...guardsOf({ file: 'jobs/preparing/situation.ts', tests: automatic }, [
    {
      name: 'who pushed it has no vote on it',
      text: ', ...pushersOf(deployment)])];',
      without: '])];',
    },
    {
      name: 'what nobody knows to have pushed takes one more vote',
      text: 'isPusherUnknown(deployment) ? withOneMore(written) : written',
      without: 'written',
    },
  ]),
  {
    name: 'who wrote it has no vote where nobody knows who pushed it',
    file: 'src/domain/automatic.ts',
    text: '[pushed?.person, pushed?.author]',
    without: '[pushed?.person]',
    tests: automatic,
  },
  {
    name: 'one more is one more',
    file: 'src/domain/approval.ts',
    text: 'count: first.count + 1',
    without: 'count: first.count',
    tests: ['test/domain/automatic.test.ts'],
  },
  {
    name: 'a version before its release is not greater than it',
    file: 'src/domain/version-order.ts',
    text: '  if (left.length === 0 || right.length === 0) return right.length - left.length;\n',
    without: '',
    tests: ['test/domain/version-order.test.ts'],
  },
  ...guardsOf({ file: 'jobs/watch-refs.ts', tests: tags }, [
    {
      name: 'the first sight of a repository deploys nothing',
      text: 'before === undefined ? [] : changesOf(before, refs)',
      without: 'changesOf(before ?? {}, refs)',
    },
  ]),
  ...guardsOf({ file: 'src/config/github-problems.ts', tests: ['test/config/github.test.ts'] }, [
    {
      name: 'nothing is to be deployed by itself where Forge hears of no pushes',
      text: '  if (github?.triggers !== undefined) return [];\n',
      without: '  if (github !== null) return [];\n',
    },
    {
      name: 'GitHub is not asked all the time',
      text: '  if (every >= LEAST_POLL) return [];\n',
      without: '  if (every > 0) return [];\n',
    },
  ]),
];

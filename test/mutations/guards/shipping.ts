import { type Guard, guardsOf } from '../guard.ts';

const asking = ['test/use-cases/ship.test.ts'];
const takenBack = ['test/use-cases/ship.test.ts', 'test/use-cases/taken-back.test.ts'];
const unsure = ['test/jobs/ship-unsure.test.ts'];
const exactly = ['test/jobs/ship-exactly.test.ts'];
const ending = ['test/jobs/ship-ends.test.ts'];
const checking = ['test/jobs/ship-checks.test.ts'];
const describing = ['test/jobs/ship-pull-request.test.ts'];
const deploying = ['test/jobs/ship-deploy.test.ts'];
const command = ['test/commands/ship.test.ts'];

/** What may be shipped, by whom, what becomes of it when the branch changes, and that it is deployed once, as exactly what was merged. */
export const shipping: readonly Guard[] = [
  ...guardsOf({ file: 'src/use-cases/ship.ts', tests: asking }, [
    {
      name: 'the base itself is not shipped',
      text: 'if (branch === base) {',
      without: "if (branch === '') {",
    },
    {
      name: 'nothing goes to GitHub as a branch that git could not call one',
      text: String.raw`|\.lock$/u.test(branch)) return;`,
      without: String.raw`|\.lock$/u.test(branch) || branch !== '') return;`,
    },
    {
      name: 'only branches are shipped',
      text: "if (now.kind !== 'branch') throw",
      without: "if (now.kind === 'absent') throw",
    },
    {
      name: 'a branch without anything new is not shipped',
      text: "if (status === 'ahead' || status === 'diverged') return now.sha;",
      without: 'if (status !== undefined) return now.sha;',
    },
    {
      name: 'a branch is shipped once at a time',
      text: '    refuseShipped(await store.lastShipment({ repository, branch }), head);\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'db/shipments.ts', tests: asking }, [
    {
      name: 'what was decided on how a shipment was before is not written',
      text: 'if ((before?.version ?? 0) !== expect) {',
      without: 'if ((before?.version ?? 0) < expect) {',
    },
    {
      name: 'a shipment that is over keeps nobody from shipping the branch again',
      text: 'const { service, repository, branch, phase, version, requestedAt, endedAt = null } = state;',
      without:
        'const { service, repository, branch, phase, version, requestedAt } = state;\n  const endedAt = null;',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/revert.ts', tests: takenBack }, [
    {
      name: 'what was taken back is not taken back once more',
      text: "if (pull.state !== 'open') {",
      without: 'if (pull.state === undefined) {',
    },
    {
      name: 'what is taken back was merged into the base',
      text: "pull.state === 'merged' && pull.base.ref === base",
      without: "pull.state === 'merged'",
    },
    {
      name: 'a rollback is taken back as what it took back',
      text: 'return deployment.undoes === undefined ? deployment : requireDeployment(deployment.undoes, store);',
      without: 'return deployment;',
    },
    {
      name: 'the title of somebody’s pull request is no markup in the one that takes it back',
      text: 'markdownText(merged.title, 256)',
      without: 'merged.title',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/check.ts', tests: [...checking, ...unsure] }, [
    {
      name: 'a check of a commit that is not the branch’s any more does not count',
      text: '  if (befell !== undefined) return next(befell);\n  const { checks }',
      without: '  const { checks }',
    },
    {
      name: 'what nobody can tell has not passed before a pull request is opened',
      text: "    case 'failed':\n    case 'unknown': {\n",
      without:
        "    case 'unknown':\n      return next({ type: 'check-passed', check, says: verdict.says });\n    case 'failed': {\n",
    },
    {
      name: 'a pull request is opened only once all its checks have passed',
      text: 'find(({ name }) => !isPassed(name, checks));',
      without: 'find(({ name }) => !checks.some((one) => one.name === name));',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/open.ts', tests: describing }, [
    {
      name: 'a change does not say itself who is to review it',
      text: 'host.file(repository, { path, sha: now.sha }, { signal });',
      without: 'host.file(repository, { path, sha: shipment.head }, { signal });',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/head.ts', tests: [...checking, ...ending] }, [
    {
      name: 'a branch that is gone is not shipped',
      text: "  if (now.kind !== 'branch') return { type: 'branch-gone' };\n",
      without: "  if (now.kind === 'absent') return undefined;\n",
    },
    {
      name: 'a pull request that was closed is not followed on',
      text: "if (pull.state === 'closed') {",
      without: 'if (pull.state === undefined) {',
    },
    {
      name: 'a branch that has moved is checked anew',
      text: 'return now.sha === shipment.head ? undefined : moved(turn, now.sha);',
      without: 'return undefined;',
    },
    {
      name: 'a pull request whose branch has moved is checked anew',
      text: 'return pull.head.sha === shipment.head ? undefined : moved(turn, pull.head.sha);',
      without: 'return undefined;',
    },
    {
      name: 'a push by force is told as one',
      text: "return status === 'ahead' || status === 'identical';",
      without: 'return status !== undefined;',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/follow.ts', tests: describing }, [
    {
      name: 'what became of a pull request on GitHub is heard',
      text: '  if (befell !== undefined) return next(befell);\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/description.ts', tests: describing }, [
    {
      name: 'what people wrote in a description is not written over',
      text: 'withPart(pull.body, part)',
      without: "withPart('', part)",
    },
    {
      name: 'what people correct in a description is not fought over',
      text: '  if (digest === turn.shipment.described) return [];\n',
      without: '',
    },
    {
      name: 'nobody reads of a new commit that another one has passed',
      text: '  if (shipment.pull === undefined) return [];\n',
      without: '  if (shipment.id !== undefined) return [];\n',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/deploy.ts', tests: deploying }, [
    {
      name: 'who may not deploy there any more has nothing deployed in their name',
      text: '    await requireStillMay(actor.userId, needed, world);\n',
      without: '',
    },
    {
      name: 'what runs nowhere by now is not deployed',
      text: 'if (environment === undefined || service.runs[name] === undefined) {',
      without: 'if (environment === undefined) {',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/deployment-of.ts', tests: [...deploying, ...unsure] }, [
    {
      name: 'a deployment counts as its own only if it contains what was merged',
      text: "    if (status === 'ahead') return deployment;\n",
      without: '    if (status !== undefined) return deployment;\n',
    },
    {
      name: 'a deployment that another took the place of is not waited for',
      text: "exact.findLast(({ phase }) => phase.kind !== 'superseded');",
      without: 'exact.at(-1);',
    },
    {
      name: 'what people hold is not waited for',
      text: '  return hold === undefined;\n',
      without: '  return hold !== null;\n',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/round.ts', tests: [...ending, ...deploying] }, [
    {
      name: 'a shipment that nothing happens to ends',
      text: 'if (isWaiting(shipment) && clock.now() - shipment.changedAt > SHIPMENT_LASTS)',
      without: 'if (isWaiting(shipment) && clock.now() < 0)',
    },
  ]),
  {
    name: 'to merge takes the right to ship',
    file: 'commands/merge.ts',
    text: "  act: 'ship',\n",
    without: "  act: 'read',\n",
    tests: command,
  },
  {
    name: 'to try a shipment again takes the right to ship',
    file: 'commands/recheck.ts',
    text: "  act: 'ship',\n",
    without: "  act: 'read',\n",
    tests: command,
  },
  {
    name: 'to stop a shipment takes the right to ship',
    file: 'commands/unship.ts',
    text: "  act: 'ship',\n",
    without: "  act: 'read',\n",
    tests: command,
  },
  {
    name: 'to ship takes the right to ship',
    file: 'commands/ship.ts',
    text: "  act: 'ship',\n",
    without: "  act: 'read',\n",
    tests: command,
  },
  {
    name: 'to open a pull request that takes something back takes the right to ship',
    file: 'commands/revert.ts',
    text: "  act: 'ship',\n",
    without: "  act: 'read',\n",
    tests: ['test/commands/authorise.test.ts'],
  },
  {
    name: 'a button merges what it was drawn for',
    file: 'views/shipment-buttons.ts',
    text: 'value: { shipment: id, head },',
    without: 'value: { shipment: id },',
    tests: ['test/views/shipment.test.ts'],
  },
  ...guardsOf({ file: 'jobs/shipping/deploy.ts', tests: exactly }, [
    {
      name: 'exactly what was merged is deployed',
      text: 'requestDeployment({ service, environment, ref, why }',
      without: 'requestDeployment({ service, environment, why }',
    },
    {
      name: 'what a trigger deploys is not asked for as well',
      text: 'if (now < place.mergedAt + TRIGGER_WITHIN && (await isTriggered(turn, place)))',
      without: 'if (now < 0)',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/round.ts', tests: exactly }, [
    {
      name: 'a service that is of another repository by now is not shipped',
      text: ' || service.repository !== shipment.repository) {',
      without: ') {',
    },
  ]),
  ...guardsOf({ file: 'jobs/shipping/head.ts', tests: exactly }, [
    {
      name: 'a commit that GitHub does not know any more was pushed away by force',
      text: "if (error instanceof CodeHostRefused && error.why === 'not-found') return false;",
      without: "if (error instanceof CodeHostRefused && error.why === 'not-found') return true;",
    },
  ]),
];

import type { Guard } from '../guard.ts';

const file = 'src/domain/region-wait.ts';
const tests = ['test/domain/region-wait.test.ts'];
const times = 'jobs/region-times.ts';

/** Windows and freezes that a deployment meets while it is under way. */
export const underWay: readonly Guard[] = [
  {
    name: 'a later region is begun on the same terms as the first',
    ...{ file, tests },
    text: 'steps.find((step) => step.region === region)?.id === id;',
    without: 'steps.find((step) => step.region === region)?.id === undefined;',
  },
  {
    name: 'a later region that may not begin is held',
    ...{ file, tests },
    text: "  if (decision.kind !== 'may') return heldBy(decision, region);\n",
    without: "  if (decision.kind !== 'may') return OPEN;\n",
  },
  {
    name: 'what others lock meanwhile does not stop what has begun in a region',
    ...{ file, tests },
    text: 'const unlocked = { ...question, locks: [] };',
    without: 'const unlocked = question;',
  },
  {
    name: 'a region that has begun is finished, unless policy says otherwise',
    ...{ file, tests },
    text: "  if (window === undefined || window.whenItCloses === 'finish-region') return OPEN;\n",
    without: '  if (window === undefined) return OPEN;\n',
  },
  {
    name: 'promotion holds where policy says so',
    ...{ file, tests },
    text: "  if (window.whenItCloses === 'hold') return heldBy(decision, region);\n",
    without: "  if (window.whenItCloses === 'hold') return OPEN;\n",
  },
  {
    name: 'what is being stopped waits for no region',
    ...{ file, tests },
    text: 'return isUnderWay && abortRequestedBy === undefined ? regionWait : undefined;',
    without: 'return isUnderWay && abortRequestedBy !== null ? regionWait : undefined;',
  },
  {
    name: 'nothing is begun in a later region before it may be',
    file: 'jobs/steps/until-region-may-begin.ts',
    text: '    if (isOpen) return hasWaited;\n',
    without: '    if (isOpen || until !== 0) return hasWaited;\n',
    tests: ['test/jobs/waits-for-a-region.test.ts'],
  },
  {
    name: 'a rollback goes on in a freeze, whatever policy says of deployments',
    file: times,
    text: 'return isUnderWay && undoes === undefined && abortRequestedBy === undefined;',
    without: 'return isUnderWay && undoes !== null && abortRequestedBy === undefined;',
    tests: ['test/jobs/region-times.test.ts'],
  },
  {
    name: 'what is being aborted goes on in a freeze, whatever policy says of deployments',
    file: times,
    text: 'return isUnderWay && undoes === undefined && abortRequestedBy === undefined;',
    without: 'return isUnderWay && undoes === undefined && abortRequestedBy !== null;',
    tests: ['test/jobs/region-times.test.ts'],
  },
  {
    name: 'what has passed its last bake is brought to its end at any time',
    file: times,
    text: 'if (step === undefined || cleaningUp.has(step.kind)) return OPEN;',
    without: 'if (step === undefined) return OPEN;',
    tests: ['test/jobs/times-within-a-region.test.ts', 'test/jobs/times-of-a-region.test.ts'],
  },
];

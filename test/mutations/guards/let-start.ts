import type { Guard } from '../guard.ts';

const file = 'src/use-cases/let-start.ts';
const tests = ['test/use-cases/let-start.test.ts'];
const review = { file: 'src/use-cases/review.ts', tests: ['test/use-cases/review.test.ts'] };

/** Consent to a time, emergencies, and the review they leave. */
export const letStart: readonly Guard[] = [
  {
    name: 'what has changed since somebody looked is not let start',
    ...{ file, tests },
    text: 'if (askedAbout(plan, policy.version, startAt) === digest) return;',
    without: 'if (digest.length >= 0) return;',
  },
  {
    name: 'what is over is not let start',
    ...{ file, tests },
    text: '  if (isFinished(deployment)) throw new UserError(',
    without: '  if (number < 0) throw new UserError(',
  },
  {
    name: 'consent is for what waits for consent, and is given once',
    ...{ file, tests },
    text: '    requireConsentWanted(deployment);\n',
    without: '',
  },
  {
    name: 'consent is given once',
    file: 'src/domain/consent.ts',
    text: 'if (consent !== undefined || abortRequestedBy !== undefined) return undefined;',
    without: 'if (abortRequestedBy !== undefined) return undefined;',
    tests,
  },
  {
    name: 'consent needs a reason, of whoever asked or of whoever consents',
    ...{ file, tests },
    text: '    requireReason(request, deployment.why);\n',
    without: '',
  },
  {
    name: 'an emergency needs a reason of its own',
    ...{ file, tests },
    text: '    requireReason(request);\n',
    without: '',
  },
  {
    name: 'nobody calls their own deployment an emergency, unless policy says so',
    ...{ file, tests },
    text: '  requireOther(deployment, caller, reached);\n',
    without: '',
  },
  {
    name: 'policy decides whether an incident commander may act alone',
    ...{ file, tests },
    text: '?.approvals?.emergencyAlone === true',
    without: '?.approvals?.emergencyAlone !== undefined',
  },
  {
    name: 'an emergency is declared once',
    ...{ file, tests },
    text: '  if (isEmergency(deployment, policy.version))\n    throw',
    without: '  if (number < 0)\n    throw',
  },
  {
    name: 'what is being checked is no emergency: it starts by itself',
    ...{ file, tests },
    text: "if (phase.kind === 'awaiting-approval' || waitsFor(deployment) !== undefined) return;",
    without: "if (phase.kind !== 'succeeded') return;",
  },
  {
    name: 'an emergency leaves a review due',
    ...{ file, tests },
    text: "      { type: 'review-due', at: due },\n",
    without: '',
  },
  {
    name: 'people are reminded of a review',
    ...{ file, tests: ['test/jobs/waits-for-its-time.test.ts'] },
    text: "word: 'emergency of', besides: [review] }",
    without: "word: 'emergency of', besides: [] }",
  },
  {
    name: 'who comes second at the same moment is decided on anew',
    ...{ file, tests },
    text: 'deployment: number, expect: version, by: caller.actor, cause: caller.arrival },\n      events,',
    without: "deployment: number, expect: 'any', by: caller.actor, cause: caller.arrival },\n      events,",
  },
  {
    name: 'an emergency ends with the plan it was declared of',
    file: 'src/domain/evolve.ts',
    text: '        ...withoutEmergency(state),\n        ...agreedWithImage(state, event.plan),',
    without: '        ...state,\n        ...agreedWithImage(state, event.plan),',
    tests: ['test/domain/let-start-events.test.ts'],
  },
  {
    name: 'an emergency ends when people are asked anew',
    file: 'src/domain/evolve-approval.ts',
    text: 'return { ...withoutEmergency(state), approval, phase',
    without: 'return { ...state, approval, phase',
    tests: ['test/domain/let-start-events.test.ts'],
  },
  {
    name: 'an emergency under another policy ends, and what it would have passed over is waited for',
    file: 'src/use-cases/start-question.ts',
    text: 'isEmergency: isEmergency(deployment, policy.version)',
    without: 'isEmergency: deployment.emergency !== undefined',
    tests: ['test/jobs/waits-for-its-time.test.ts'],
  },
  {
    name: 'what an emergency passes over is said',
    file: 'jobs/preparing/start.ts',
    text: '[...checks, ...passedOver, { type: ',
    without: '[...checks, { type: ',
    tests: ['test/jobs/waits-for-its-time.test.ts'],
  },
  {
    name: 'a review is due of emergencies alone',
    ...review,
    text: '  if (review === undefined) {\n    throw',
    without: '  if (review === undefined) return;\n  if (number < 0) {\n    throw',
  },
  {
    name: 'a review is written once',
    ...review,
    text: '  if (review.written === undefined) return;',
    without: '  if (number > 0) return;',
  },
  {
    name: 'a review is not empty',
    ...review,
    text: "    if (text.trim() === '') throw",
    without: '    if (number < 0) throw',
  },
  {
    name: 'reminders of a review end when it is written',
    file: 'jobs/review.ts',
    text: "    if (heard.kind === 'signalled') return;\n",
    without: '',
    tests: ['test/jobs/waits-for-its-time.test.ts'],
  },
];

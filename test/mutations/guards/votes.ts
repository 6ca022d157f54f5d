import type { Guard } from '../guard.ts';

const file = 'src/use-cases/vote.ts';
const tests = ['test/use-cases/vote.test.ts', 'test/use-cases/vote-refused.test.ts'];
const quorum = { file: 'src/domain/approval.ts', tests: ['test/domain/approval.test.ts'] };
const standing = {
  file: 'src/domain/approval-standing.ts',
  tests: ['test/domain/approval-standing.test.ts'],
};
const asked = { file: 'jobs/preparing/situation.ts' };
const command = ['test/commands/vote.test.ts'];

/** Whose vote counts, for what, and how often. */
export const votes: readonly Guard[] = [
  {
    name: 'who asked for it, or set its time, does not vote',
    ...{ file, tests },
    text: 'if (approval.excluded.includes(member.id)) {',
    without: 'if (approval.excluded.length < 0) {',
  },
  {
    name: 'who asked for it is kept from voting when people are asked',
    ...asked,
    text: "const requester = requestedBy.kind === 'person' ? [requestedBy.userId] : [];",
    without: 'const requester: string[] = [];',
    tests: ['test/jobs/approvals.test.ts'],
  },
  {
    name: 'who set its time last is kept from voting when people are asked',
    ...asked,
    text: 'const editor = lastEditor === undefined ? [] : [lastEditor];',
    without: 'const editor: string[] = lastEditor === undefined ? [] : [];',
    tests: ['test/jobs/schedules-approved.test.ts'],
  },
  {
    name: 'a person votes once in a round',
    ...{ file, tests },
    text: '  if (earlier !== undefined) {',
    without: '  if (approval.votes.length < 0) {',
  },
  {
    name: 'the database keeps one vote of a person in a round',
    file: 'db/votes.ts',
    text: '.onConflictDoNothing().run().changes === 0',
    without: '.onConflictDoNothing().run().changes < 0',
    tests,
  },
  {
    name: 'the same click, delivered again, is answered as the first time',
    ...{ file, tests },
    text: '    if (counted !== undefined) {',
    without: '    if (counted !== undefined && counted.length < 0) {',
  },
  {
    name: 'a vote that comes while its deployment moves on is decided anew',
    ...{ file, tests },
    text: "kind: 'append', deployment: number, expect: version, by: caller.actor, cause: caller.arrival },\n        events: verdict",
    without:
      "kind: 'append', deployment: number, expect: 'any', by: caller.actor, cause: caller.arrival },\n        events: verdict",
  },
  {
    name: 'a vote at the end of its time or after counts no more',
    ...{ file, tests },
    text: '  if (now >= approval.deadline) throw',
    without: '  if (now < 0) throw',
  },
  {
    name: 'a vote on what is over does not count, and its person is told how it ended',
    ...{ file, tests },
    text: '  if (isFinished(deployment)) throw new UserError(',
    without: '  if (number < 0) throw new UserError(',
  },
  {
    name: 'a vote on what is being aborted does not count',
    ...{ file, tests },
    text: '  if (deployment.abortRequestedBy !== undefined) throw new UserError(',
    without: '  if (number < 0) throw new UserError(',
  },
  {
    name: 'a vote counts only while people are asked',
    ...{ file, tests },
    text: "if (phase.kind !== 'awaiting-approval' || approval === undefined) {",
    without: 'if (approval === undefined) {',
  },
  {
    name: 'a vote on an earlier or later round does not count',
    ...{ file, tests },
    text: 'const isSeen = approval.round === seen.round && approval.digest === seen.digest;',
    without: 'const isSeen = approval.digest === seen.digest;',
  },
  {
    name: 'a vote on another plan does not count',
    ...{ file, tests },
    text: 'const isSeen = approval.round === seen.round && approval.digest === seen.digest;',
    without: 'const isSeen = approval.round === seen.round;',
  },
  {
    name: 'a vote on what was planned anew since does not count',
    ...{ file, tests },
    text: 'if (!isSeen || askedAbout(plan, policy, startAt) !== approval.digest) {',
    without: 'if (!isSeen) {',
  },
  {
    name: 'a vote counts only of those whom a need names',
    ...{ file, tests },
    text: 'if (counts.length > 0) return counts;',
    without: 'if (counts.length >= 0) return approval.needs.map(({ from }) => from);',
  },
  {
    name: 'a rejection needs a reason',
    ...{ file, tests },
    text: "if (verdict === 'approve' || why.trim() !== '') return;",
    without: "if (verdict === 'approve' || why.trim() !== deployment) return;",
  },
  {
    name: 'a vote wakes what waits for it',
    ...{ file, tests },
    text: '      ringPreparing(number, { id: caller.arrival, by: member.id }),\n',
    without: '',
  },
  {
    name: 'a vote that would count for nothing is looked at again with fresh groups',
    file: 'commands/vote.ts',
    text: 'if (error instanceof NotEligible) return act(await membership({ fresh: true }));',
    without: '',
    tests: command,
  },
  {
    name: '`approve`, typed, votes on nothing: it shows what there is and asks',
    file: 'commands/approve.ts',
    text: "return { kind: 'reply', reply: await voteQuestion(deployment, question, asking) };",
    without:
      "const { number, approval } = deployment;\n    return { kind: 'input', value: { deployment: number, round: approval?.round, digest: approval?.digest } };",
    tests: command,
  },
  {
    name: 'a person fills one need only',
    ...quorum,
    text: 'for (const vote of votes) findSeat(vote, new Set());',
    without: 'for (const vote of [...votes, ...votes]) findSeat(vote, new Set());',
  },
  {
    name: 'a rejection fills no need',
    ...quorum,
    text: "votes.filter(({ verdict }) => verdict === 'approve')",
    without: 'votes',
  },
  {
    name: 'who may fill several needs makes room for who may fill one',
    ...quorum,
    text: 'if (sitting !== undefined && !findSeat(sitting, tried)) continue;',
    without: 'if (sitting !== undefined) continue;',
  },
  {
    name: 'a vote fills only needs it may count for',
    ...quorum,
    text: 'if (tried.has(seat) || !vote.countsFor.includes(from)) continue;',
    without: 'if (tried.has(seat) || from === undefined) continue;',
  },
  {
    name: 'people are asked again when what they were asked about has changed',
    ...standing,
    text: '  if (approval?.digest !== digest) {',
    without: '  if (approval === undefined) {',
  },
  {
    name: 'what too few have approved in time has expired',
    ...standing,
    text: "  if (now >= approval.deadline) return { kind: 'expired', open };\n",
    without: '',
  },
  {
    name: 'an emergency is one for exactly what its commander saw',
    ...standing,
    text: 'return emergency.digest === askedAbout(plan, policy, startAt);',
    without: 'return emergency.digest.length > 0;',
  },
  {
    name: 'people are reminded of a question once',
    ...standing,
    text: 'remindedAt === undefined ? { remindAt:',
    without: 'askedAt > 0 ? { remindAt:',
  },
  {
    name: 'votes of an earlier round are void',
    file: 'src/domain/evolve-approval.ts',
    text: 'const approval = { ...asked, ...about, askedAt: at, votes: [] };',
    without:
      'const approval = { ...asked, ...about, askedAt: at, votes: [...(state.approval?.votes ?? [])] };',
    tests: ['test/domain/let-start-events.test.ts', ...standing.tests],
  },
];

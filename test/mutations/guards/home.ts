import type { Guard } from '../guard.ts';

const wanted = { file: 'src/domain/vote-wanted.ts', tests: ['test/domain/vote-wanted.test.ts'] };
const homes = { file: 'commands/homes.ts', tests: ['test/commands/homes.test.ts'] };
const direct = {
  file: 'views/approver-message.ts',
  tests: ['test/jobs/publishing/approver-messages.test.ts'],
};

/** Nobody finds a button that does nothing, or is asked for what is not theirs to decide. */
export const home: readonly Guard[] = [
  {
    name: 'a Home asks nobody whose vote does not count',
    ...wanted,
    text: 'return seats(openNeeds(needs, [...votes, vote])) < seats(openNeeds(needs, votes));',
    without: 'return seats(openNeeds(needs, [...votes, vote])) <= seats(openNeeds(needs, votes));',
  },
  {
    name: 'a Home asks nobody who asked for it or has voted',
    ...wanted,
    text: 'if (excluded.includes(member.id) || votes.some(({ voter }) => voter === member.id)) return false;',
    without: '',
  },
  {
    name: 'a Home asks nobody once the time is over or people are not asked any more',
    ...wanted,
    text: " || phase.kind !== 'awaiting-approval' || now >= approval.deadline) return false;",
    without: ') return false;',
  },
  {
    name: 'a Home asks nobody about what is being aborted or is an emergency',
    ...wanted,
    text: '  if (abortRequestedBy !== undefined || emergency !== undefined) return false;\n',
    without: '',
  },
  {
    name: 'a Home that shows the same is not sent again',
    ...homes,
    text: '    if (viewer.shown === content) return;\n',
    without: '',
  },
  {
    name: 'a Home is drawn every five seconds at most',
    ...homes,
    text: 'isBehind && notBefore <= now',
    without: 'isBehind && notBefore <= now + EVERY',
  },
  {
    name: 'a Home that another has drawn meanwhile is drawn once more',
    ...homes,
    text: "if (result.kind === 'outdated') viewer.isBehind = true;",
    without: "if (result.kind === 'outdated') viewer.isBehind = false;",
  },
  {
    name: 'a direct message about an earlier round keeps no buttons',
    ...direct,
    text: "if (approval?.round !== round || phase.kind !== 'awaiting-approval') return false;",
    without: "if (phase.kind !== 'awaiting-approval' || approval === undefined) return false;",
  },
  {
    name: 'a direct message about what is over keeps no buttons',
    ...direct,
    text: "if (approval?.round !== round || phase.kind !== 'awaiting-approval') return false;",
    without: 'if (approval?.round !== round) return false;',
  },
  {
    name: 'who has voted keeps no buttons in their direct message',
    ...direct,
    text: 'return !approval.votes.some(({ voter }) => voter === person);',
    without: 'return person.length > 0;',
  },
  {
    name: 'nobody who asked for it or has voted gets a direct message',
    file: 'jobs/publishing/asked-people.ts',
    text: '[...found].filter((person) => !others.has(person))',
    without: '[...found].filter((person) => others.size >= 0 && person)',
    tests: direct.tests,
  },
  {
    name: 'a message has no button to vote once people are not asked any more',
    file: 'views/approval.ts',
    text: "if (approval === undefined || phase.kind !== 'awaiting-approval') return [];",
    without: 'if (approval === undefined) return [];',
    tests: ['test/views/approval.test.ts'],
  },
];

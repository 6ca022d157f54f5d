import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import type { ShiftStep } from '../src/domain/policy.ts';
import type { Outlook } from '../src/use-cases/outlook.ts';
import type { RegionTimes } from '../src/use-cases/when.ts';
import { askableFor, needsWords } from './approval-words.ts';
import { code, escaped, moment, whyWords } from './text.ts';

/** A reason somebody typed may be long. Characters. */
const LONGEST_WHY = 300;
/** Groups and people who are named. */
const MOST_NAMED = 5;
const inTurn = new Intl.ListFormat('en-GB');

/** What would come of a form as it is filled in now, a paragraph each; in markup. `by`: Slack id of who fills it in. */
export function outlookWords(
  outlook: Outlook,
  { branch, by, people }: { branch: string; by: string; people: PeoplePolicy },
): string[] {
  return [releases(outlook, branch), how(outlook), ...times(outlook), approvals(outlook, { by, people })];
}

function releases({ releases: known }: Outlook, branch: string): string {
  if (known === undefined) return ':grey_question: Which releases there are, AWS does not say at the moment.';
  if (known.length === 0) return ':warning: There is no release of it yet.';
  return `*Newest releases:* ${known.map(code).join(', ')}. Left empty, it is the newest of ${code(branch)}.`;
}

function how({ strategy, shifts }: Outlook): string {
  const parts = shifts.map(partTold);
  return `*How:* ${escaped(strategy)}${parts.length === 0 ? ', one task after the other' : `, ${inTurn.format(parts)} of the traffic`}.`;
}

function partTold({ weight, approve }: ShiftStep): string {
  return `${weight} %${approve === undefined ? '' : ' (then a person is asked)'}`;
}

function times({ when }: Outlook): string[] {
  return when.regions.map((region) => `*In ${escaped(region.region)}:* ${timeTold(region)}`);
}

function timeTold({ decision, begins, ends }: RegionTimes): string {
  switch (decision.kind) {
    case 'may':
      return `it may start.${ends === undefined ? '' : ` It would be done about ${moment(ends)}.`}`;
    case 'needs-consent':
      return whyWords(decision.why, LONGEST_WHY);
    case 'must-wait': {
      const until = begins === undefined ? 'for more than a year' : `until ${moment(begins)}`;
      return `it has to wait ${until}. ${whyWords(decision.why, LONGEST_WHY)}`;
    }
  }
}

function approvals(
  { approvals: needs, when: { environment, service } }: Outlook,
  { by, people }: { by: string; people: PeoplePolicy },
): string {
  if (needs.length === 0) return '*Approval:* nobody has to approve it.';
  const place = { environment, ...(service === undefined ? {} : { service }) };
  const all = needs.flatMap((need) => askableFor(need, { excluded: [by] }, place, people));
  const ask = [...new Set(all)].slice(0, MOST_NAMED);
  const asked =
    ask.length === 0 ? '' : `, for which ${inTurn.format(ask)} ${ask.length === 1 ? 'is' : 'are'} asked`;
  return `*Approval:* it needs ${needsWords(needs)}${asked}. Your own does not count.`;
}

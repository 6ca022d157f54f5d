import { type ApprovalNeed, type ApprovalState, openNeeds } from '../src/domain/approval.ts';
import { askedToConsent } from '../src/domain/consent.ts';
import { needsWords as plainWords } from '../src/domain/need-words.ts';
import { type ActPlace, askedFor, type PeoplePolicy } from '../src/domain/people-policy.ts';
import { mentionOf } from './mentions.ts';
import { escaped } from './text.ts';

/** `1 release manager and 2 of security`, in markup. */
export function needsWords(needs: readonly ApprovalNeed[]): string {
  return escaped(plainWords(needs));
}

/** Whom to ask for a need, as mentions: see `askedFor`. */
export function askableFor(
  { from }: ApprovalNeed,
  { excluded }: Pick<ApprovalState, 'excluded'>,
  place: ActPlace,
  people: PeoplePolicy,
): string[] {
  return askedFor(from, place, people, excluded).map(mentionOf);
}

/** Everybody who is asked and has not voted, each once. */
export function askedNow(approval: ApprovalState, place: ActPlace, people: PeoplePolicy): string[] {
  const voters = new Set(approval.votes.map(({ voter }) => `<@${voter}>`));
  const open = openNeeds(approval.needs, approval.votes);
  const all = open.flatMap((need) => askableFor(need, approval, place, people));
  return [...new Set(all)].filter((one) => !voters.has(one));
}

/** Whom to ask for consent to its time, as mentions; nobody where everybody may give it. */
export function askableToConsent(place: ActPlace, people: PeoplePolicy): string[] {
  return askedToConsent(place, people).map(mentionOf);
}

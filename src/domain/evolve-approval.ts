import type { Actor } from './actor.ts';
import type { ApprovalEvent } from './approval-event.ts';
import type { Deployment } from './deployment.ts';
import type { RecordedEvent } from './events.ts';

/** The part of `evolve` about who lets it start. */
export function approvalChanged(
  state: Deployment,
  recorded: RecordedEvent,
  event: ApprovalEvent,
): Deployment {
  const { at } = recorded;
  switch (event.type) {
    case 'changes-read':
      return { ...state, codeChanges: event.changes };
    case 'approval-asked': {
      const { type: _asked, ...asked } = event;
      const { startAt } = state;
      const about = { about: state.plan, ...(startAt === undefined ? {} : { startAt }) };
      const approval = { ...asked, ...about, askedAt: at, votes: [] };
      return { ...withoutEmergency(state), approval, phase: { kind: 'awaiting-approval' } };
    }
    case 'voted':
      return voted(state, recorded, event);
    case 'approval-reminded':
      return state.approval === undefined
        ? state
        : { ...state, approval: { ...state.approval, remindedAt: at } };
    case 'consented':
      return { ...state, consent: said(recorded), generation: state.generation + 1 };
    case 'emergency-declared':
      return {
        ...state,
        emergency: { ...said(recorded), digest: event.digest },
        generation: state.generation + 1,
      };
    case 'passed-over':
      return { ...state, passedOver: [...state.passedOver, ...event.what] };
    case 'review-due':
      return { ...state, review: { due: event.at } };
    case 'review-reminded':
      return state;
    case 'reviewed': {
      const { by, at: writtenAt } = recorded;
      const written = { by, at: writtenAt, text: event.text };
      return { ...state, review: { due: state.review?.due ?? writtenAt, written } };
    }
  }
}

export function withoutEmergency({ emergency: _ofAnother, ...state }: Deployment): Deployment {
  return state;
}

/** Who did it, when, and the reason they gave. */
function said({ by, at, why }: RecordedEvent): { by: Actor; at: number; why?: string } {
  return { by, at, ...(why === undefined ? {} : { why }) };
}

/** A vote of an earlier round says nothing of what is asked now. */
function voted(
  state: Deployment,
  { by, at, why }: RecordedEvent,
  { round, verdict, countsFor }: Extract<ApprovalEvent, { type: 'voted' }>,
): Deployment {
  const { approval } = state;
  if (approval?.round !== round || by.kind !== 'person') return state;
  const vote = { voter: by.userId, verdict, at, countsFor, ...(why === undefined ? {} : { why }) };
  return { ...state, approval: { ...approval, votes: [...approval.votes, vote] } };
}

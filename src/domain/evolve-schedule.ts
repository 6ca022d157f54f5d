import type { Deployment } from './deployment.ts';
import type { RecordedEvent } from './events.ts';
import { withoutEmergency } from './evolve-approval.ts';
import type { Plan } from './plan.ts';
import { OWNER_ASKED } from './schedule.ts';
import type { ScheduleEvent } from './schedule-event.ts';

/** The part of `evolve` about its time, and the word of whoever scheduled it. */
export function scheduleChanged(
  state: Deployment,
  { by, at }: RecordedEvent,
  event: ScheduleEvent,
): Deployment {
  const { plan, phase, ownerAsked, startAt = at } = state;
  switch (event.type) {
    case 'waiting': {
      const { type: _waiting, until, ...waits } = event;
      // An emergency waits for nothing but another deployment: one that does was of something else.
      const held = event.for === 'deployment' ? state : withoutEmergency(state);
      const kept = event.for === 'owner' ? held : withoutOwnerAsked(held);
      return { ...kept, phase: { kind: 'waiting', ...waits, ...(until === undefined ? {} : { until }) } };
    }
    case 'rescheduled': {
      // Whoever consented to its time, or called it an emergency, saw another time.
      const { consent: _ofAnother, ...kept } = withoutEmergency(withoutOwnerAsked(state));
      const editor = by.kind === 'person' ? { lastEditor: by.userId } : {};
      const generation = state.generation + 1;
      return { ...kept, ...scheduledFor(event.startAt, plan), ...editor, generation };
    }
    case 'owner-asked': {
      const { type: _asked, problem, ...asked } = event;
      const isVotedOn = phase.kind === 'awaiting-approval';
      return {
        ...state,
        ownerAsked: { ...asked, askedAt: at, ...(problem === undefined ? {} : { problem }) },
        phase: isVotedOn ? phase : { kind: 'waiting', for: 'owner', why: OWNER_ASKED, until: event.deadline },
      };
    }
    case 'owner-reminded':
      return ownerAsked === undefined ? state : { ...state, ownerAsked: { ...ownerAsked, remindedAt: at } };
    case 'owner-not-needed':
      return answered(state);
    case 'owner-confirmed': {
      const dueAt = Math.max(startAt, at, ownerAsked?.startsAt ?? at);
      const generation = state.generation + 1;
      return { ...answered(state), agreed: { about: plan, dueAt }, generation };
    }
  }
}

/** Whoever asks for a time agrees to what it would do then. */
export function scheduledFor(
  startAt: number | undefined,
  plan: Plan,
): Pick<Deployment, 'startAt' | 'agreed'> {
  return startAt === undefined ? {} : { startAt, agreed: { about: plan, dueAt: startAt } };
}

/** Whoever scheduled a commit before it had an image agreed to the one that is made of it, and to the steps that follow from that. */
export function agreedWithImage({ agreed }: Deployment, { to, steps }: Plan): Pick<Deployment, 'agreed'> {
  if (agreed === undefined) return {};
  const { commit, digests } = agreed.about.to;
  const isMade = commit !== undefined && commit === to.commit && Object.keys(digests).length === 0;
  return isMade ? { agreed: { ...agreed, about: { ...agreed.about, to, steps } } } : {};
}

/** It waits for its owner no more, and is looked at again. */
function answered(state: Deployment): Deployment {
  const { phase } = state;
  const isAwaited = phase.kind === 'waiting' && phase.for === 'owner';
  return { ...withoutOwnerAsked(state), phase: isAwaited ? { kind: 'checking' } : phase };
}

export function withoutOwnerAsked({ ownerAsked: _answered, ...state }: Deployment): Deployment {
  return state;
}

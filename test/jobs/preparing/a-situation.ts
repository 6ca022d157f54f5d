import type { Situation } from '../../../jobs/preparing/situation.ts';
import { aMoment } from '../../builders.ts';

export type Standing<Kind extends Situation['standing']['kind']> = Extract<
  Situation['standing'],
  { kind: Kind }
>;

export const now = aMoment;
export const minute = 60_000;

export const toAsk: Standing<'to-ask'> = {
  ...{ kind: 'to-ask', round: 1, digest: 'd', policy: 'policy 1', changes: [] },
  needs: [{ from: 'release-manager', count: 1 }],
};

export const open: Standing<'open'> = {
  ...{ kind: 'open', deadline: now + 60 * minute, remindAt: now + 30 * minute },
  open: [{ from: 'release-manager', count: 1 }],
};

/** Of one that was just asked for, that needs nobody and may start at once; with what is said otherwise. */
export function aSituation(change: Partial<Situation> = {}): Situation {
  return {
    ...{ isOver: false, isNew: false, isRollback: false, version: 2, now },
    ...{ standing: { kind: 'not-needed' }, owner: { kind: 'not-needed' } },
    ...{ policy: 'policy 1', trouble: null, isOutdated: false, excluded: ['U0MAYA'] },
    ...{ within: 60 * minute, other: null, start: { kind: 'may', despite: [] }, waitsFor: null },
    ...{ isScheduled: false, lookAt: null, wakeAt: null, isPatient: false },
    ...change,
  };
}

/** Of one that is scheduled for so many milliseconds from now, and waits for its time. */
export function aScheduled(inMs: number, change: Partial<Situation> = {}): Situation {
  const startAt = now + inMs;
  const lookAt = startAt - 15 * minute;
  return aSituation({
    ...{ isScheduled: true, isPatient: true, lookAt, wakeAt: lookAt > now ? lookAt : startAt },
    ...(inMs > 0 ? { start: { kind: 'scheduled', why: 'It is scheduled.', until: startAt } } : {}),
    ...(inMs > 0 ? { waitsFor: { for: 'schedule', why: 'It is scheduled.', until: startAt } } : {}),
    ...change,
  });
}

import { type Act, expire, tell } from './act.ts';
import type { Looks } from './next-act.ts';
import type { Situation } from './situation.ts';

/** A check that was not decided, and when it is looked at again. Milliseconds since the epoch. */
export type CheckLater = { name: string; startedAt: number; at: number };

/**
 * What comes before people are asked and it waits for its time: its checks in order, then its image. Undefined: nothing is
 * to be done about them.
 */
export function makeReady(situation: Situation, looks: Looks): Act | undefined {
  const { checks, build, isNew } = situation;
  if (checks === undefined && build === undefined) return undefined;
  if (isNew) {
    const planned = checks?.kind === 'to-plan' ? checks.checks : [];
    return tell('begin checks', { type: 'checking' }, { type: 'checks-planned', checks: planned });
  }
  return nextCheck(situation, looks) ?? nextOfBuild(situation);
}

/** What passed long ago is looked at again right before it counts. */
export function staleCheck({ checks }: Situation): Act | undefined {
  if (checks?.kind !== 'cleared' || checks.stale === null) return undefined;
  return { kind: 'check', check: checks.stale };
}

function nextCheck(situation: Situation, looks: Looks): Act | undefined {
  const { checks } = situation;
  switch (checks?.kind) {
    case undefined:
    case 'cleared':
      return undefined;
    case 'to-plan':
      return tell('plan checks', { type: 'checks-planned', checks: checks.checks });
    case 'to-start':
      return tell(`begin ${checks.name}`, { type: 'check-started', name: checks.name });
    case 'to-look': {
      const { kind: _toLook, ...check } = checks;
      const later = looks.check;
      const isOfThis = later?.name === check.name && later.startedAt === check.startedAt;
      if (later === undefined || !isOfThis || situation.now >= later.at) return { kind: 'check', check };
      return { kind: 'wait', until: Math.min(later.at, situation.wakeAt ?? later.at) };
    }
    case 'blocked':
      return waitForPeople(checks, situation);
    case 'over':
      return expire(checks.reason);
  }
}

function nextOfBuild(situation: Situation): Act | undefined {
  const { build } = situation;
  switch (build?.kind) {
    case undefined:
    case 'there':
      return undefined;
    case 'to-start':
    case 'running':
    case 'to-plan':
      return { kind: 'build', build };
    case 'blocked':
      return waitForPeople(build, situation);
    case 'over':
      return expire(build.reason);
    case 'impossible':
      return { kind: 'refuse', reason: build.reason };
  }
}

/** Until a person has done something about what failed, is reminded, or the time for that is over. */
function waitForPeople(
  { deadline, remindAt }: { deadline: number; remindAt: number | null },
  { now, wakeAt }: Situation,
): Act {
  if (remindAt !== null && now >= remindAt) {
    return tell('remind people of what failed', { type: 'check-reminded' });
  }
  return { kind: 'wait', until: Math.min(deadline, remindAt ?? deadline, wakeAt ?? deadline) };
}

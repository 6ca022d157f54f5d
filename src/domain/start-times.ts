import { judgeTime, kindOf, nextTime, type TimeKind, type WindowPolicy, zoneOf } from './calendar/window.ts';
import { covers, type Freeze, isFrozenBy, type StartPlace, scopeWords } from './freeze.ts';
import { holds, isLocked, type Lock, lockedWords } from './lock.ts';

/** When something is to start, who wants it, and all that has a say in it. */
export type StartQuestion = {
  /** Milliseconds since the epoch. */
  at: number;
  place: StartPlace;
  /** Absent: any time will do. */
  window?: WindowPolicy;
  freezes: readonly Freeze[];
  locks: readonly Lock[];
  /** Slack id of the person who asks. Absent: nobody did, as with a trigger. */
  by?: string;
  /** Somebody who may has consented to a time that is not preferred. */
  hasConsent: boolean;
  /** Somebody who may has approved it as an emergency. */
  isEmergency: boolean;
};

/** What stands in the way of a start. `why` is a sentence in plain text that names people as `<@U1>`; all else in it is harmless. */
export type Obstacle = { for: 'freeze' | 'lock' | 'window' | 'consent'; why: string };

/**
 * Whether a deployment may start in a region. Rollback, abort and pause are never asked about. `until` is in milliseconds since
 * the epoch: of `may` the first time at which it may no more, of the others the first at which it may, with nothing further
 * from anybody; absent: not for more than a year.
 */
export type StartDecision =
  /** `despite`: what only an emergency passes over; people must be told. */
  | { kind: 'may'; until?: number; despite: readonly Obstacle[] }
  /** `lookAgainAt`: something of that is over then, though something else may be in the way, such as a time that needs consent. */
  | {
      kind: 'must-wait';
      for: 'freeze' | 'lock' | 'window';
      why: string;
      until?: number;
      lookAgainAt?: number;
    }
  | { kind: 'needs-consent'; why: string; until?: number };

/**
 * Preferred times go; other and avoided ones with consent; forbidden and frozen ones in an emergency only; a lock holds everybody
 * but its owner, and an emergency not at all.
 */
export function decideStart(question: StartQuestion, region: string): StartDecision {
  const obstacles = obstaclesAt(question.at, question, region);
  const [first] = obstacles;
  if (first === undefined) return { kind: 'may', ...until(nextObstacle(question, region)), despite: [] };
  if (question.isEmergency) return { kind: 'may', despite: obstacles };
  const { for: what, why } = first;
  const next = until(nextStart(question, region));
  if (what === 'consent') return { kind: 'needs-consent', why, ...next };
  const lookAgainAt = nextChange(question, region);
  return {
    ...{ kind: 'must-wait', for: what, why, ...next },
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
  };
}

/** Whether it may not start in a region, without a look at when that changes. */
export function isHeldUp(question: StartQuestion, region: string): boolean {
  return !question.isEmergency && obstaclesAt(question.at, question, region).length > 0;
}

/** The same for several regions at once. */
export function decideStarts(
  question: StartQuestion,
  regions: readonly string[],
): Record<string, StartDecision> {
  return Object.fromEntries(regions.map((region) => [region, decideStart(question, region)]));
}

/** In the order people are told of them: consent last, for it alone helps against nothing else. */
function obstaclesAt(at: number, question: StartQuestion, region: string): Obstacle[] {
  const { window } = question;
  const frozen = freezesAt(at, question).map(
    ({ scope, owner, reason }): Obstacle => ({
      for: 'freeze',
      why: `<@${owner}> has frozen ${scopeWords(scope)}: ${harmless(reason)}`,
    }),
  );
  const locked = locksAt(at, question).map(
    (lock): Obstacle => ({
      for: 'lock',
      why: `<@${lock.owner}> has locked ${lockedWords(lock)}: ${harmless(lock.reason)}`,
    }),
  );
  if (window === undefined) return [...frozen, ...locked];
  const timed = timeObstacle(kindOf(at, window, region), { question, window, region });
  return [...frozen, ...locked, ...(timed === undefined ? [] : [timed])];
}

function freezesAt(at: number, { freezes, place }: StartQuestion): Freeze[] {
  return freezes.filter((freeze) => covers(freeze.scope, place) && isFrozenBy(freeze, at));
}

function locksAt(at: number, { locks, place, by }: StartQuestion): Lock[] {
  return locks.filter((lock) => lock.owner !== by && holds(lock, place) && isLocked(lock, at));
}

function timeObstacle(
  kind: TimeKind,
  { question, window, region }: { question: StartQuestion; window: WindowPolicy; region: string },
): Obstacle | undefined {
  const where = `for ${region} in ${question.place.environment} by the clock of ${zoneOf(window, region)}`;
  switch (kind) {
    case 'preferred':
      return undefined;
    case 'other':
    case 'avoided': {
      if (question.hasConsent) return undefined;
      const what = kind === 'other' ? 'not a preferred time' : 'a time to avoid';
      return {
        for: 'consent',
        why: `It is ${what} ${where}, so it needs a reason and the consent of a release manager.`,
      };
    }
    case 'forbidden':
      return { for: 'window', why: `It is a forbidden time ${where}: nothing starts but an emergency.` };
  }
}

/** The first time after it was asked for at which nothing stands in the way. */
function nextStart(question: StartQuestion, region: string): number | undefined {
  const { window } = question;
  for (let at: number | undefined = question.at; at !== undefined; ) {
    const holding = [...freezesAt(at, question), ...locksAt(at, question)];
    if (holding.length > 0) at = Math.max(...holding.map((one) => one.until));
    else if (window === undefined || mayBy(kindOf(at, window, region), question)) return at;
    else at = nextTime(at, window, region, (kind) => mayBy(kind, question));
  }
  return undefined;
}

/** The first time after it was asked for at which a freeze or lock that is in the way ends, or its time becomes one of another kind. */
function nextChange(question: StartQuestion, region: string): number | undefined {
  const { at, window } = question;
  const change = window === undefined ? undefined : judgeTime(at, window, region).until;
  const ends = [...freezesAt(at, question), ...locksAt(at, question)].map((one) => one.until);
  const all = change === undefined ? ends : [...ends, change];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** The first time after it was asked for at which something comes into the way. */
function nextObstacle(question: StartQuestion, region: string): number | undefined {
  if (question.isEmergency) return undefined;
  const { at, window, freezes, place } = question;
  const closing =
    window === undefined ? undefined : nextTime(at, window, region, (kind) => !mayBy(kind, question));
  const freezing = freezes
    .filter((freeze) => freeze.lifted === undefined && freeze.from > at && freeze.until > freeze.from)
    .filter(({ scope }) => covers(scope, place))
    .map(({ from }) => from);
  const all = [...freezing, ...(closing === undefined ? [] : [closing])];
  return all.length === 0 ? undefined : Math.min(...all);
}

function mayBy(kind: TimeKind, { hasConsent }: StartQuestion): boolean {
  return kind === 'preferred' || (hasConsent && kind !== 'forbidden');
}

function until(time: number | undefined): { until?: number } {
  return time === undefined ? {} : { until: time };
}

/** What somebody typed, within a sentence of ours: it mentions nobody. */
function harmless(reason: string): string {
  return reason.replaceAll('<', '‹').replaceAll('>', '›').replaceAll(/\s+/gu, ' ').trim();
}

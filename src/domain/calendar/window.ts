import {
  DAY_MINUTES,
  dateAfter,
  dayOfWeekOf,
  instantsOf,
  nextClockChange,
  type WallClock,
  WEEKDAYS,
  type Weekday,
  wallClock,
} from './wall-clock.ts';

/** Times of day on some days, by the wall clock: what it shows decides, also where it shows it twice. */
export type Span = {
  days: 'holidays' | readonly Weekday[];
  /** Minutes since midnight, as shown: from `from` on and before `to`, which is at most 1,440. */
  from: number;
  to: number;
};

/** When deployments may begin in an environment. */
export type WindowPolicy = {
  /** IANA zone whose wall clock counts. */
  zone: string;
  /** Instead of `zone`, by region. */
  zones: Readonly<Record<string, string>>;
  preferred: readonly Span[];
  avoided: readonly Span[];
  forbidden: readonly Span[];
  /** Dates such as `2026-12-25`, by the same wall clock. */
  holidays: readonly string[];
  /** What a deployment does that is under way when preferred times end or a freeze begins. */
  whenItCloses: WhenItCloses;
};

/** - `finish-region`: the region that has begun is finished, the next one waits. */
export type WhenItCloses = 'finish-region' | 'hold' | 'roll-back';

/**
 * - `preferred`: goes by itself.
 * - `other`, `avoided`: with a reason and the consent of a release manager.
 * - `forbidden`: in an emergency only.
 */
export type TimeKind = 'preferred' | 'other' | 'avoided' | 'forbidden';

/** What a time is to a window, and until when it stays so (milliseconds since the epoch; absent: for longer than a year). */
export type JudgedTime = { kind: TimeKind; until?: number };

/** Weekly windows and holidays repeat within it; a list of holidays says no more of later years. Days. */
const HORIZON_DAYS = 400;
const MS_PER_DAY = 86_400_000;

/** The zone whose wall clock counts in a region. */
export function zoneOf({ zone, zones }: WindowPolicy, region: string): string {
  return zones[region] ?? zone;
}

/** What strikes first counts: forbidden, avoided, preferred, other. */
export function kindOf(at: number, policy: WindowPolicy, region: string): TimeKind {
  return kindShown(wallClock(at, zoneOf(policy, region)), policy);
}

function kindShown(clock: WallClock, policy: WindowPolicy): TimeKind {
  const isIn = (spans: readonly Span[]) => spans.some((span) => contains(span, clock, policy.holidays));
  if (isIn(policy.forbidden)) return 'forbidden';
  if (isIn(policy.avoided)) return 'avoided';
  return isIn(policy.preferred) ? 'preferred' : 'other';
}

export function judgeTime(at: number, policy: WindowPolicy, region: string): JudgedTime {
  const kind = kindOf(at, policy, region);
  const until = nextTime(at, policy, region, (other) => other !== kind);
  return until === undefined ? { kind } : { kind, until };
}

/**
 * The first time after `at` of a kind that is wanted (milliseconds since the epoch); undefined: none for more than a year. `at`
 * itself is not looked at.
 */
export function nextTime(
  at: number,
  policy: WindowPolicy,
  region: string,
  isWanted: (kind: TimeKind) => boolean,
): number | undefined {
  const zone = zoneOf(policy, region);
  const minutes = edgesOf(policy);
  const first = dateAfter(wallClock(at, zone).date, -1);
  const foundOn = (day: number) => {
    const date = dateAfter(first, day);
    // Most dates need no look at instants, which take long to find.
    if (!kindsOf(date, minutes, policy).some(isWanted)) return undefined;
    return edgesOn(date, { zone, minutes }).find(
      (edge) => edge > at && isWanted(kindOf(edge, policy, region)),
    );
  };
  for (let day = 0; day <= HORIZON_DAYS; day += 1) {
    const found = foundOn(day);
    // A change of the clocks may be after midnight, and the next date begins before this one has ended where it is before.
    if (found !== undefined) return Math.min(found, foundOn(day + 1) ?? found);
  }
  return undefined;
}

function contains({ days, from, to }: Span, clock: WallClock, holidays: readonly string[]): boolean {
  const isDay = days === 'holidays' ? holidays.includes(clock.date) : isOneOf(days, clock);
  return isDay && clock.minute >= from && clock.minute < to;
}

function isOneOf(days: readonly Weekday[], { dayOfWeek }: WallClock): boolean {
  return days.some((day) => WEEKDAYS.indexOf(day) + 1 === dayOfWeek);
}

/** What the times of a date are: whatever the clocks show on it lies between two of the minutes. */
function kindsOf(date: string, minutes: readonly number[], policy: WindowPolicy): TimeKind[] {
  const dayOfWeek = dayOfWeekOf(date);
  return minutes
    .filter((minute) => minute < DAY_MINUTES)
    .map((minute) => kindShown({ date, dayOfWeek, minute }, policy));
}

/** Minutes of a day at which something may begin or end. */
function edgesOf({ preferred, avoided, forbidden }: WindowPolicy): number[] {
  const edges = [...preferred, ...avoided, ...forbidden].flatMap(({ from, to }) => [from, to]);
  return [...new Set([0, ...edges])];
}

/** When something may begin or end on a date, in order: also the moment at which the clocks change. */
function edgesOn(date: string, { zone, minutes }: { zone: string; minutes: readonly number[] }): number[] {
  const edges = minutes.flatMap((minute) => instantsOf(date, minute, zone));
  const [midnight] = instantsOf(date, 0, zone);
  const change = nextClockChange(midnight - 1, midnight + MS_PER_DAY + MS_PER_DAY / 8, zone);
  return [...edges, ...(change === undefined ? [] : [change])].sort((one, other) => one - other);
}

import { type Concern, concernOf, isFreshTrouble, type QuestionKind } from './bake-concern.ts';

/**
 * What a new colour is watched for: `bake` until its time at its weight is over and its targets hold, `approve` until a
 * person lets it go on, `ready` until nothing stands against moving traffic. Times are milliseconds.
 */
export type Watch = {
  goal: 'bake' | 'approve' | 'ready';
  /** How long a bake lasts, at least. */
  length: number;
  /** The new colour's, percent (0-100). */
  weight: number;
  evidenceWithin: number;
  questionWithin: number;
  silence: number;
};

/** What one look saw. Times are milliseconds since the epoch. */
export type Seen = {
  at: number;
  /** The question that was asked is still open. */
  isHeld: boolean;
  /** Promotion stands still: a person paused it, or its time is over and policy has it wait. */
  isPaused: boolean;
  /** Why it is to be put back though nothing is wrong with it: its time is over. */
  closed?: string;
  /** A person ended this bake early. */
  isSkipped: boolean;
  judgement: { decision: 'go-on-watching' | 'roll-back' | 'hold'; because?: string };
  /** Whether the targets of the bake hold by now. */
  result: {
    kind: 'passed' | 'failed' | 'inconclusive' | 'error';
    isShared?: true;
    because?: string;
  };
  traffic:
    | { kind: 'ours' | 'fired' }
    | { kind: 'foreign'; words: string /** What the load balancer says, for people. */; shown: string };
  /** Targets of the new colour and of the one it replaces. Absent: the load balancer does not say. */
  targets?: {
    next: number;
    /** Tasks the new colour is to have. */
    wanted: number;
    live: number;
    /** Tasks the other one is to have: so many the new colour needs before it gets more of the traffic. Absent: no matter. */
    usual?: number;
  };
  /** Something could not be read since then, and why. */
  silent?: { since: number; reason: string };
};

/** A question that was asked and not answered yet. */
export type Asked = { kind: QuestionKind; deadline: number; remindAt: number; isReminded: boolean };

export type BakeState = {
  /** Measurements from here on count: the weights had settled then, or a pause ended. */
  since: number;
  /** Measurements from here on count for the targets of the bake: later than `since` when it was extended or interrupted. */
  from: number;
  /** Time under good measurements so far. */
  baked: number;
  /** Of the last look. */
  at: number;
  isExtended: boolean;
  /** At its end both colours were in trouble, so it began again. */
  isShared: boolean;
  wasPaused: boolean;
  /** What promotion waits for, and since when. */
  waiting?: { kind: QuestionKind; since: number };
  asked?: Asked;
  /** A person knows that the colour that was live is down, and lets it go on. */
  knowsLiveIsDown: boolean;
};

/** What follows from a look. */
export type Act =
  /** `because`: why promotion waits, for people; they are asked at `askAt` (milliseconds since the epoch) if that lasts. */
  | { kind: 'wait'; because?: string; askAt?: number }
  | { kind: 'ask'; concern: Concern; deadline: number }
  | { kind: 'remind' }
  /** What was asked about is over: nobody need answer any more. */
  | { kind: 'close' }
  /** Nobody answered in time. */
  | { kind: 'give-up' }
  /** A person said to put Forge's weights back in place of the foreign ones. */
  | { kind: 'override' }
  | { kind: 'done'; because?: string }
  | { kind: 'fail'; reason: string }
  /** The dead-man switch moved traffic back. */
  | { kind: 'fired' };

export type Next = { state: BakeState; act: Act };

/** A bake whose measurements count from `since`; `baked` milliseconds of it are done, in another run. */
export function beginBake(begin: {
  since: number;
  /** Now, where another run has begun it: the time between the two counts for nothing. */
  at?: number;
  baked?: number;
  isExtended?: boolean;
  knowsLiveIsDown?: boolean;
}): BakeState {
  const { since, at = since, baked = 0, isExtended = false } = begin;
  const { knowsLiveIsDown = false } = begin;
  return {
    ...{ since, from: since, at },
    ...{ baked, isExtended, knowsLiveIsDown },
    ...{ isShared: false, wasPaused: false },
  };
}

/** What a look means for a bake. Pure, so that a replay decides the same. */
export function nextOfBake(before: BakeState, seen: Seen, watch: Watch): Next {
  const state = begunAgain(clocked(before, seen, watch), seen, watch);
  if (seen.traffic.kind === 'fired') return { state, act: { kind: 'fired' } };
  if (seen.judgement.decision === 'roll-back' && !isLiveDown(seen)) {
    return { state, act: { kind: 'fail', reason: seen.judgement.because ?? 'its gates failed' } };
  }
  if (seen.closed !== undefined && !isLiveDown(seen))
    return { state, act: { kind: 'fail', reason: seen.closed } };
  const concern = concernOf(state, seen, watch);
  if (state.asked !== undefined) return whileAsked({ ...state, asked: state.asked }, { seen, concern });
  return concern === undefined ? goOn(state, seen, watch) : worry(state, { seen, watch, concern });
}

/**
 * Time counts only while nothing is in the way; a pause begins the bake again. What fails while the colour that was live
 * still gets requests and has no healthy task says nothing of the new one.
 */
function clocked(state: BakeState, seen: Seen, { weight }: Watch): BakeState {
  if (seen.isPaused) return { ...state, at: seen.at, baked: 0, isExtended: false, wasPaused: true };
  if (state.wasPaused) return { ...state, at: seen.at, since: seen.at, from: seen.at, wasPaused: false };
  if (isLiveDown(seen) && weight < 100 && !state.knowsLiveIsDown) {
    return { ...state, at: seen.at, since: seen.at, from: seen.at };
  }
  if (seen.judgement.decision === 'hold') return { ...state, at: seen.at, from: seen.at };
  const passed = isFreshTrouble(seen) ? 0 : Math.max(0, seen.at - Math.max(state.at, state.since));
  const knowsLiveIsDown = state.knowsLiveIsDown && (seen.targets?.live ?? 0) === 0;
  return { ...state, at: seen.at, baked: state.baked + passed, knowsLiveIsDown };
}

/** A bake at whose end both colours are in trouble says nothing of the release: it begins again, however often. */
function begunAgain(state: BakeState, seen: Seen, { goal, length }: Watch): BakeState {
  if (goal !== 'bake' || state.baked < length || isFreshTrouble(seen)) return state;
  const { kind, isShared } = seen.result;
  if (kind !== 'inconclusive' || isShared !== true) return { ...state, isShared: false };
  return { ...state, from: seen.at, baked: 0, isShared: true };
}

function isLiveDown({ targets }: Seen): boolean {
  return targets !== undefined && targets.live === 0 && targets.next > 0;
}

type Worry = { seen: Seen; watch: Watch; concern: Concern };

/** Waits with what is in the way, and asks people when that lasts. */
function worry(state: BakeState, { seen, watch, concern }: Worry): Next {
  const since = state.waiting?.kind === concern.kind ? state.waiting.since : (concern.since ?? seen.at);
  const waiting = { kind: concern.kind, since };
  const askAt = since + concern.askAfter;
  if (seen.at < askAt) {
    return { state: { ...state, waiting }, act: { kind: 'wait', because: concern.because, askAt } };
  }
  const deadline = seen.at + watch.questionWithin;
  const remindAt = seen.at + Math.round(watch.questionWithin / 2);
  const asked = { kind: concern.kind, deadline, remindAt, isReminded: false };
  return { state: { ...state, waiting, asked }, act: { kind: 'ask', concern, deadline } };
}

function whileAsked(
  state: BakeState & { asked: Asked },
  { seen, concern }: { seen: Seen; concern: Concern | undefined },
): Next {
  const { asked } = state;
  if (!seen.isHeld) return answered(state, seen);
  if (concern?.kind !== asked.kind) return { state: withoutQuestion(state), act: { kind: 'close' } };
  if (seen.at >= asked.deadline) return { state, act: { kind: 'give-up' } };
  if (seen.at >= asked.remindAt && !asked.isReminded) {
    return { state: { ...state, asked: { ...asked, isReminded: true } }, act: { kind: 'remind' } };
  }
  return { state, act: { kind: 'wait', because: concern.because } };
}

/** A person said to go on. */
function answered(state: BakeState & { asked: Asked }, seen: Seen): Next {
  const { asked } = state;
  const free = withoutQuestion(state);
  const again = { ...free, waiting: { kind: asked.kind, since: seen.at } };
  switch (asked.kind) {
    case 'foreign':
      return { state: free, act: { kind: 'override' } };
    case 'live-down':
      return { state: { ...again, knowsLiveIsDown: true }, act: { kind: 'wait' } };
    case 'evidence':
    case 'approve':
      return { state: free, act: { kind: 'done', because: 'a person let it go on' } };
    case 'silence':
    case 'shared':
    case 'too-few':
      return { state: again, act: { kind: 'wait' } };
  }
}

function withoutQuestion({ asked: _answered, waiting: _over, ...state }: BakeState): BakeState {
  return state;
}

function goOn(waited: BakeState, seen: Seen, watch: Watch): Next {
  const { waiting: _over, ...state } = waited;
  if (seen.isPaused) return { state, act: { kind: 'wait' } };
  if (watch.goal !== 'bake') return { state, act: { kind: 'done' } };
  if (seen.isSkipped) return { state, act: { kind: 'done', because: 'skipped' } };
  if (state.baked < watch.length) return { state, act: { kind: 'wait' } };
  const { kind, because = 'its targets do not hold' } = seen.result;
  if (kind === 'passed') return { state, act: { kind: 'done', ...becauseOf(seen) } };
  if (state.isExtended) return { state, act: { kind: 'fail', reason: because } };
  const extended = { ...state, from: seen.at, baked: 0, isExtended: true };
  return { state: extended, act: { kind: 'wait', because: `${because} It is watched for as long again.` } };
}

function becauseOf({ result: { because } }: Seen): { because?: string } {
  return because === undefined ? {} : { because };
}

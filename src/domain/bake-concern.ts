import type { BakeState, Seen, Watch } from './bake.ts';
import { ofTasks } from './tasks.ts';

export type QuestionKind =
  | 'foreign'
  | 'live-down'
  | 'silence'
  | 'shared'
  | 'too-few'
  | 'evidence'
  | 'approve';

/** Something that promotion waits for. */
export type Concern = {
  kind: QuestionKind;
  /** In sentences, for people. */
  because: string;
  /** It began earlier than it was seen. Milliseconds since the epoch. */
  since?: number;
  /** People are asked when it has lasted so long. Milliseconds. */
  askAfter: number;
};

/** What stands against going on, the gravest first; undefined: nothing but time, a pause or the targets of the bake. */
export function concernOf(state: BakeState, seen: Seen, watch: Watch): Concern | undefined {
  return (
    foreign(seen) ??
    liveDown(state, seen, watch) ??
    silence(seen, watch) ??
    tooFew(seen, watch) ??
    shared(state, seen, watch) ??
    (seen.isPaused ? undefined : (evidence(state, seen, watch) ?? approval(watch)))
  );
}

/** Something is in the way that makes time count for nothing. */
export function isFreshTrouble({ traffic, silent, judgement }: Seen): boolean {
  return traffic.kind === 'foreign' || silent !== undefined || judgement.decision === 'hold';
}

function foreign({ traffic }: Seen): Concern | undefined {
  if (traffic.kind !== 'foreign') return undefined;
  return { kind: 'foreign', because: traffic.words, askAfter: 0 };
}

/** Only where it still has traffic to lose, or where traffic would have to go back to it. */
function liveDown(
  { knowsLiveIsDown }: BakeState,
  { targets, judgement }: Seen,
  { weight, evidenceWithin }: Watch,
): Concern | undefined {
  if (targets === undefined || targets.live > 0 || targets.next === 0) return undefined;
  const isBad = judgement.decision === 'roll-back';
  if (!isBad && (knowsLiveIsDown || weight === 100)) return undefined;
  const worse = isBad
    ? ` The new release has trouble of its own: ${judgement.because ?? 'its gates failed.'}`
    : '';
  return {
    kind: 'live-down',
    because: `No task of the release that was live is healthy, so traffic is not sent back to it.${worse}`,
    // Somebody who knows of it is asked again, but not at once.
    askAfter: knowsLiveIsDown ? evidenceWithin : 0,
  };
}

function silence({ silent }: Seen, watch: Watch): Concern | undefined {
  if (silent === undefined) return undefined;
  const { since, reason } = silent;
  return { kind: 'silence', because: reason, since, askAfter: watch.silence };
}

function tooFew({ targets }: Seen, { goal, evidenceWithin }: Watch): Concern | undefined {
  if (goal !== 'ready' || targets === undefined) return undefined;
  const { next, wanted, usual = 0 } = targets;
  const needed = Math.max(wanted, usual);
  if (next >= needed) return undefined;
  return {
    kind: 'too-few',
    because: `Only ${ofTasks(next, needed)} of the new release ${next === 1 || needed === 1 ? 'is' : 'are'} healthy.`,
    askAfter: evidenceWithin,
  };
}

function shared({ isShared }: BakeState, seen: Seen, { evidenceWithin }: Watch): Concern | undefined {
  const { judgement, result, isSkipped } = seen;
  if (isSkipped || (judgement.decision !== 'hold' && !isShared)) return undefined;
  const because =
    judgement.because ?? result.because ?? 'Both releases were in trouble, so it is watched anew.';
  return { kind: 'shared', because, askAfter: evidenceWithin };
}

/** At the end of a bake: what cannot be told yet, for want of requests. */
function evidence(
  { baked }: BakeState,
  { result, isSkipped }: Seen,
  { goal, length, evidenceWithin }: Watch,
): Concern | undefined {
  if (goal !== 'bake' || isSkipped || baked < length) return undefined;
  if (result.kind !== 'inconclusive' && result.kind !== 'error') return undefined;
  const because = result.because ?? 'There is too little traffic to tell.';
  return { kind: 'evidence', because, askAfter: evidenceWithin };
}

function approval({ goal }: Watch): Concern | undefined {
  return goal === 'approve'
    ? { kind: 'approve', because: 'A person has to let it go on.', askAfter: 0 }
    : undefined;
}

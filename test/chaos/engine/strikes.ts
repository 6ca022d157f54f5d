import type { Random } from '../random.ts';

/** Something done to the workers. */
export type Strike = {
  /** Milliseconds after the one before and after somebody leads. */
  afterMs: number;
  kind: StrikeKind;
  /** How long a frozen process stays frozen, or a usurper leads, in milliseconds. */
  lastsMs: number;
  /** Which of the workers it strikes where anybody may be struck, as a share (0-1) of them. */
  victim: number;
};

type StrikeKind =
  | 'kill-leader'
  | 'kill-anybody'
  | 'kill-both'
  | 'freeze-leader'
  | 'freeze-and-kill-leader'
  | 'usurp-leader'
  | 'stop-leader';

/** In percent. */
const shares: readonly (readonly [StrikeKind, number])[] = [
  ['kill-leader', 62],
  ['kill-anybody', 13],
  ['kill-both', 8],
  ['freeze-leader', 6],
  ['freeze-and-kill-leader', 3],
  ['usurp-leader', 4],
  ['stop-leader', 4],
];

export function drawStrike(random: Random): Strike {
  return {
    afterMs: random.between(60, 310),
    kind: drawKind(random.between(0, 100)),
    lastsMs: random.between(100, 700),
    victim: random.between(0, 1),
  };
}

function drawKind(percent: number): StrikeKind {
  let left = percent;
  for (const [kind, share] of shares) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'kill-leader';
}

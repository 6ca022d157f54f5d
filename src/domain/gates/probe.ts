import { CATASTROPHE } from './floors.ts';
import type { ProbeRound } from './measurements.ts';

/** `next-fails`: the new colour does not answer, though the other one does. `both-fail`: one cannot tell whose fault it is. */
export type ProbeState = 'answers' | 'next-fails' | 'both-fail';

/**
 * A round counts against the new colour only while the live one answers. The new colour fails once it has failed three such
 * rounds without an answer in between.
 */
export function probeStateOf(rounds: readonly ProbeRound[]): ProbeState {
  const silent = rounds.slice(rounds.findLastIndex(({ next }) => next) + 1);
  if (silent.length < CATASTROPHE.probesInARow) return 'answers';
  const against = silent.filter(({ live }) => live).length;
  return against >= CATASTROPHE.probesInARow ? 'next-fails' : 'both-fail';
}

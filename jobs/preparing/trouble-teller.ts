import { TELL_AGAIN } from '../trouble.ts';
import type { Context, Round } from './round.ts';

export type TellTrouble = (round: Round, reason: string) => Promise<void>;

/** Tells people once why it does not get on while they wait, and not too often when that changes. */
export function createTroubleTeller(context: Context): TellTrouble {
  let toldAt = Number.NEGATIVE_INFINITY;
  return async ({ name, situation }, reason) => {
    const { trouble, now, version } = situation;
    if (trouble === reason || (trouble !== null && now - toldAt < TELL_AGAIN)) return;
    const { deployment } = context.input;
    const told = await context.commit(name('blocked'), [
      { kind: 'append', deployment, expect: version, events: [{ type: 'blocked', reason }] },
    ]);
    if (told === 'committed') toldAt = now;
  };
}

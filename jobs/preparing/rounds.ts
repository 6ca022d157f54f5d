import { OPERATIONS_UNTIL_ANEW } from '../trouble.ts';
import type { World } from '../world.ts';
import { carryOut } from './carry-out.ts';
import { look } from './look.ts';
import { LOOK_EVERY, type Looks, nextAct, noLooks } from './next-act.ts';
import type { Context, NotStarted } from './round.ts';
import { readSituation } from './situation.ts';
import { createTroubleTeller } from './trouble-teller.ts';

/**
 * Goes round until it has started or cannot: looks how things stand, and does the one thing that is next. Everything it needs is
 * in the events, so that it may begin anew at any time. Undefined: it has started, or ended otherwise.
 */
export async function goRound(context: Context, world: World): Promise<NotStarted | undefined> {
  const tellTrouble = createTroubleTeller(context);
  let looks: Looks = noLooks;
  for (let number = 1; ; number += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const name = (what: string) => (number === 1 ? what : `${what} (round ${number})`);
    const seen = await readSituation(context, name('look how it stands'), world);
    const round = { name, number, ...seen };
    const { situation } = seen;
    const act = nextAct(situation, looks);
    if (act.kind === 'leave') return undefined;
    if (act.kind !== 'look') {
      await carryOut(context, act, round);
      continue;
    }
    const turn = await look(context, round, { world, tellTrouble });
    if (turn === 'started') return undefined;
    if (typeof turn === 'object') return turn;
    looks = looksAfter(turn, situation.now, looks);
  }
}

/** What came in between, or the silence of AWS, leaves to be looked at what was. */
function looksAfter(turn: 'done' | 'conflict' | 'unanswered', now: number, before: Looks): Looks {
  switch (turn) {
    case 'done':
      return { next: now + LOOK_EVERY, last: now };
    case 'unanswered':
      return { ...before, next: now + LOOK_EVERY };
    case 'conflict':
      return before;
  }
}

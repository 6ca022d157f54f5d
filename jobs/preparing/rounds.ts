import { OPERATIONS_UNTIL_ANEW } from '../trouble.ts';
import type { World } from '../world.ts';
import { carryOut } from './carry-out.ts';
import { look } from './look.ts';
import { lookAtCheck } from './look-at-check.ts';
import { makeImage } from './make-image.ts';
import { LOOK_EVERY, type Looks, nextAct, noLooks } from './next-act.ts';
import { type Context, type NotStarted, refused } from './round.ts';
import { readSituation, type Situation } from './situation.ts';
import { createTroubleTeller } from './trouble-teller.ts';

/**
 * Goes round until it has started or cannot: looks how things stand, and does the one thing that is next. Everything it needs is
 * in the events, so that it may begin anew at any time. Undefined: it has started, or ended otherwise. `isBuilding` says whether its
 * image is being made, also to whoever catches what is thrown here.
 */
export async function goRound(
  context: Context,
  world: World,
  isBuilding: { now: boolean },
): Promise<NotStarted | undefined> {
  const reached = { world, tellTrouble: createTroubleTeller(context) };
  let looks: Looks = noLooks;
  for (let number = 1; ; number += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const name = (what: string) => (number === 1 ? what : `${what} (round ${number})`);
    const seen = await readSituation(context, name('look how it stands'), world);
    const round = { name, number, ...seen };
    const { situation } = seen;
    const act = nextAct(situation, looks);
    isBuilding.now = isMaking(situation);
    if (act.kind === 'leave') return undefined;
    if (act.kind === 'refuse') return refused(act.reason);
    if (act.kind === 'check') {
      looks = { ...looks, ...(await lookAtCheck(context, act.check, round, reached)) };
      continue;
    }
    if (act.kind === 'tell' || act.kind === 'wait' || act.kind === 'wait-in-line') {
      await carryOut(context, act, round);
      // Whoever rang may know that what a check waits for has come.
      if (act.kind === 'wait') looks = withoutPause(looks);
      continue;
    }
    const turn =
      act.kind === 'look'
        ? await look(context, round, reached)
        : await makeImage(context, act.build, round, reached);
    if (turn === 'started') return undefined;
    if (typeof turn === 'object') return turn;
    if (act.kind === 'look') looks = looksAfter(turn, situation.now, looks);
  }
}

/** A check that is not decided is looked at again now. */
function withoutPause({ check: _later, ...looks }: Looks): Looks {
  return looks;
}

/** Somebody makes its image, whether or not that is still wanted. */
function isMaking({ build }: Situation): boolean {
  return build?.kind === 'running' || (build?.kind === 'impossible' && build.isRunning);
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

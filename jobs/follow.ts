import { messageOf } from '../src/domain/errors.ts';
import { type Earlier, type FollowTurn, followRefs, giveUp } from '../src/use-cases/follow-ref.ts';
import type { FollowInput } from '../src/use-cases/follow-run.ts';
import { type JobContext, OperationFailed } from './engine/engine.ts';
import { OPERATIONS_UNTIL_ANEW, readAgain } from './trouble.ts';
import type { World } from './world.ts';

/** Between two looks while something else has the place, or somebody does not answer. Milliseconds. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 15_000;
/** Longer than the code host and AWS are asked in one look. */
const WITHIN = '60s';

/**
 * Has a place deploy the newest of what was pushed. It waits while something else has the place; what it asks for then is what
 * the refs point at then. All it knows is in the store and at the code host, so that it may begin anew at any time.
 */
export async function follow(context: JobContext<FollowInput>, world: World): Promise<void> {
  let earlier: Earlier = {};
  for (let round = 1; ; round += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const now = await context.now();
    const turn = await look(context, { round, earlier }, world);
    if (turn.kind === 'done') return;
    earlier = withTurn(earlier, turn, now);
    await context.sleep(`pause (round ${round})`, Math.min(LONGEST_PAUSE, FIRST_PAUSE * round));
  }
}

/** Silence says nothing of what was missing before it. */
function withTurn(
  { missing: before, silentSince = Number.POSITIVE_INFINITY }: Earlier,
  { missing, isSilent }: Extract<FollowTurn, { kind: 'later' }>,
  now: number,
): Earlier {
  if (isSilent === true) {
    return { ...(before === undefined ? {} : { missing: before }), silentSince: Math.min(silentSince, now) };
  }
  if (missing === undefined) return {};
  const isSame = before?.what === missing.what && before.commit === missing.commit;
  return {
    missing: { ...missing, since: isSame ? before.since : now, looks: isSame ? before.looks + 1 : 1 },
  };
}

/** A fault of Forge's own is told as well: nobody would miss what is not deployed by itself. */
async function look(
  context: JobContext<FollowInput>,
  { round, earlier }: { round: number; earlier: Earlier },
  world: World,
): Promise<FollowTurn> {
  const { codeHost, people } = world;
  const { input } = context;
  if (codeHost === undefined) return { kind: 'done' };
  try {
    return await context.operation<FollowTurn>(
      `look (round ${round})`,
      ({ signal }) => followRefs(input, earlier, { ...world, codeHost, people }, { signal }),
      { retry: readAgain, within: WITHIN },
    );
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error;
    const says = `Forge itself had a problem: ${messageOf(error)}. Nothing was changed; deploy it by hand.`;
    return context.operation<FollowTurn>('give up', () => giveUp(input, says, world), { retry: readAgain });
  }
}

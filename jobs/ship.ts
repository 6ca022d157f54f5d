import { messageOf } from '../src/domain/errors.ts';
import { SHIP_BELL } from '../src/use-cases/shipment-run.ts';
import { AbortRequested, type JobContext } from './engine/engine.ts';
import { givenUp } from './shipping/given-up.ts';
import { shipRound } from './shipping/round.ts';
import { OPERATIONS_UNTIL_ANEW, readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type ShipInput = { shipment: string };

/**
 * Brings a branch to what runs, in rounds: looks how things stand on GitHub and in the events, does the one thing that is next, and
 * writes it down with the version it was decided on. All it knows is in the events and on GitHub, so that it may begin anew at any time.
 */
export async function ship(context: JobContext<ShipInput>, world: World): Promise<void> {
  try {
    await goRound(context, world);
  } catch (error) {
    // Whoever cancelled it has written so, in the same commit.
    if (error instanceof AbortRequested) return;
    const reason = `Forge itself had a problem: ${messageOf(error)}.`;
    await context.shield(() => giveUp(context, reason, world));
  }
}

async function goRound(context: JobContext<ShipInput>, world: World): Promise<void> {
  const { shipment: id } = context.input;
  let silent = 0;
  for (let number = 1; ; number += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const round = await context.operation(
      `look and go on (round ${number})`,
      ({ signal }) => shipRound({ id, silent, signal }, world),
      { retry: readAgain },
    );
    if (round.kind === 'over') return;
    silent = round.isSilent ? silent + 1 : 0;
    if (round.events.length > 0) {
      await context.commit(`write it down (round ${number})`, [
        {
          ...{ kind: 'append-shipment', shipment: id, expect: round.version, events: round.events },
          by: { kind: 'job', run: context.runId },
        },
      ]);
    }
    if (round.waitMs > 0) await context.waitFor(SHIP_BELL, { within: round.waitMs });
  }
}

async function giveUp(context: JobContext<ShipInput>, reason: string, { store }: World): Promise<void> {
  const { shipment: id } = context.input;
  const end = await context.operation('look how far it is', async () => {
    const state = await store.shipment(id);
    if (state === undefined || state.endedAt !== undefined) return null;
    return { version: state.version, events: givenUp(state, reason) };
  });
  if (end === null) return;
  await context.commit('give up', [
    {
      ...{ kind: 'append-shipment', shipment: id, expect: end.version, events: end.events },
      by: { kind: 'job', run: context.runId },
    },
  ]);
}

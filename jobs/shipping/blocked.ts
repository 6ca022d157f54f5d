import { whatBefell } from './head.ts';
import { later, type Next, next, pauseOf, type Turn } from './turn.ts';

/** Waits for a person or another commit. */
export async function blocked(turn: Turn): Promise<Next> {
  const befell = await whatBefell(turn);
  return befell === undefined ? later(pauseOf(turn.shipment, turn.world.clock.now())) : next(befell);
}

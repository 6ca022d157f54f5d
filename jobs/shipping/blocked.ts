import { keepDescribedWhileChecked } from './description.ts';
import { whatBefell } from './head.ts';
import { later, type Next, next, pauseOf, type Turn } from './turn.ts';

/** Waits for a person or another commit. */
export async function blocked(turn: Turn): Promise<Next> {
  const befell = await whatBefell(turn);
  if (befell !== undefined) return next(befell);
  const described = await keepDescribedWhileChecked(turn);
  return later(pauseOf(turn.shipment, turn.world.clock.now()), ...described);
}

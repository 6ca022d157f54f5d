import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { JobChange } from '../engine/engine.ts';
import type { World } from '../world.ts';
import type { Context, Round } from './round.ts';
import { readSituation, type Situation } from './situation.ts';

type Note = {
  /** Of what was found. */
  what: string;
  events: DeploymentEvent[];
  besides?: JobChange[];
  /** Whether what was found still is about what is now. */
  isStill(situation: Situation): boolean;
};

/**
 * Writes what took long to find out: whatever else happened meanwhile is no reason to find it out again, as long as it is still about
 * the same. That AWS or the code host answers again is told with it. `conflict`: it is about nothing any more, and nothing was written.
 */
export async function note(
  context: Context,
  { what, events, besides = [], isStill }: Note,
  round: Round,
  world: World,
): Promise<'done' | 'conflict'> {
  const { deployment } = context.input;
  let { situation } = round;
  for (let attempt = 1; ; attempt += 1) {
    const name = (text: string) => round.name(attempt === 1 ? text : `${text}, attempt ${attempt}`);
    const unblocked: DeploymentEvent[] = situation.trouble === null ? [] : [{ type: 'unblocked' }];
    const all = [...unblocked, ...events];
    if (all.length === 0) return 'done';
    const told = await context.commit(name(`note ${what}`), [
      { kind: 'append', deployment, expect: situation.version, events: all },
      ...besides,
    ]);
    if (told !== 'conflict') return 'done';
    const seen = await readSituation(context, name(`look whether ${what} still counts`), world);
    situation = seen.situation;
    if (situation.isOver || !isStill(situation)) return 'conflict';
  }
}

import type { Engine } from '../../jobs/engine/engine.ts';
import type { Workshop } from './workshop.ts';

const rounds = 3;

/** A job that learns from the world how far it is, and begins each round with an empty journal. */
export function defineStartingOver(engine: Engine, { cloud, effect }: Workshop): void {
  engine.define('starting over', 1, async (context) => {
    const done = await context.operation(
      'look',
      async () => cloud.effects().filter(({ name }) => name.startsWith('round')).length,
    );
    if (done === rounds) return `${done} rounds`;
    const name = `round ${done + 1}`;
    await context.operation(name, effect(context, name), { idempotencyKey: name });
    await context.sleep('until the next', 2);
    await context.startOver({ after: 1 });
    return 'it went on';
  });
}

import type { DeploymentEvent } from '../src/domain/events.ts';
import type { JobContext } from './engine/engine.ts';
import { type Part, restorePart } from './restore-part.ts';
import type { World } from './world.ts';

export type RestoreRegionInput = { deployment: number; part: Part };

/** What does not get on is tried again for ever, at most this long after the last try. Milliseconds. */
const LONGEST_PAUSE = 30_000;
/** People are told of the same trouble again this often while it lasts. Milliseconds. */
const TELL_AGAIN = 5 * 60_000;

/** Puts one region back, however long that takes, and records how it goes. */
export async function restoreRegion(context: JobContext<RestoreRegionInput>, world: World): Promise<void> {
  const { deployment, part } = context.input;
  const { region } = part.target;
  const record = async (name: string, event: DeploymentEvent) => {
    await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  };
  const told = new Map<string, number>();
  for (let round = 1; ; round += 1) {
    const name = `round ${round}`;
    const restored = await restorePart(
      context,
      {
        part,
        name,
        progress: (at, progress) => record(at, { type: 'restore-progressed', region, progress }),
      },
      world,
    );
    if (restored.kind === 'restored') {
      await record(`${name}: restored`, { type: 'restored', region, detail: restored.detail });
      return;
    }
    const { reason } = restored;
    const at = await context.now();
    if (at - (told.get(reason) ?? Number.NEGATIVE_INFINITY) >= TELL_AGAIN) {
      told.set(reason, at);
      await record(`${name}: blocked`, { type: 'restore-blocked', region, reason });
    }
    await context.sleep(`pause ${round}`, Math.min(LONGEST_PAUSE, 1000 * 2 ** round));
  }
}

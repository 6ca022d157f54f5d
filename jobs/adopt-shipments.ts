import type { Shipment } from '../src/domain/shipment.ts';
import type { Change } from '../src/ports/store.ts';
import { runOf, shipRun } from '../src/use-cases/shipment-run.ts';
import type { Engine, RunView } from './engine/engine.ts';
import { after, toldOf } from './go-on.ts';
import type { World } from './world.ts';

/**
 * Has every shipment whose run was lost go on in a run of its own: what it did shows on GitHub and in its events, so that nothing
 * is done twice. One that cannot be looked after does not keep the others from it: then it throws at the end.
 */
export async function adoptShipments(engine: Engine, world: World): Promise<void> {
  const failures: unknown[] = [];
  // Shipments first, runs after: whatever happens between the two raises the version, and then nothing is written.
  for (const shipment of await world.store.openShipments()) {
    try {
      const changes = await adopted(shipment, engine, world);
      if (changes.length > 0) await world.store.commit(changes);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not every shipment could be looked after');
}

async function adopted(shipment: Shipment, engine: Engine, world: World): Promise<Change[]> {
  const { id, version: expect } = shipment;
  const current = await engine.get(runOf(shipment));
  if (current?.status === 'queued' || current?.status === 'active') return [];
  const lost = await runsOf(id, engine);
  const run = shipRun(id, lost.length + 1);
  const told = lost.length <= 1 ? toldOf(lost.at(-1)) : {};
  return [
    {
      ...{ kind: 'append-shipment', shipment: id, expect, events: [{ type: 'continued', run, ...told }] },
      by: { kind: 'job', run: `reconcile/${id}` },
    },
    { kind: 'start-run', id: run, job: 'ship', input: { shipment: id }, ...after(lost.length - 1, world) },
  ];
}

/** `ship/S1`, `ship/S1/2`, `ship/S1/3` … as far as there are any. */
async function runsOf(shipment: string, engine: Pick<Engine, 'get'>): Promise<RunView[]> {
  const runs: RunView[] = [];
  for (;;) {
    const run = await engine.get(shipRun(shipment, runs.length + 1));
    if (run === undefined) return runs;
    runs.push(run);
  }
}

import type { DeploymentEvent } from '../src/domain/events.ts';
import type { ShownGate } from '../src/domain/shown-gate.ts';

/** What of a look at the gates the thread has not told yet. */
export type GateNews = { failed: ShownGate[]; waits?: string };

/** Tells of each gate once in each bake that it fails, and once that promotion waits: gates are looked at all the time. */
export function createGateNews(): (event: DeploymentEvent) => GateNews {
  const told = new Set<string>();
  const isNew = (key: string): boolean => {
    const isFirst = !told.has(key);
    told.add(key);
    return isFirst;
  };
  return (event) => {
    if (event.type !== 'gates-read') return { failed: [] };
    const { region, step, gates, waits } = event;
    const failed = gates.filter(({ kind, gate }) => kind === 'failed' && isNew(`${region} ${step} ${gate}`));
    const isWaiting = waits !== undefined && isNew(`${region} ${step} waits`);
    return { failed, ...(isWaiting ? { waits } : {}) };
  };
}

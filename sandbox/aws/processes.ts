import type { DataPlane } from './data-plane/data-plane.ts';
import type { Load } from './load/load.ts';
import type { World } from './world.ts';

export type AwsProcess = { kind: 'task' | 'data-plane' | 'load'; id: string; pid: number };

/** Every process of this world that still runs. */
export function processesOf(
  world: World,
  { dataPlane, load }: { dataPlane: DataPlane; load: Load },
): AwsProcess[] {
  const found: { kind: AwsProcess['kind']; id: string; pid: number | undefined }[] = [
    { kind: 'data-plane', id: 'data-plane', pid: dataPlane.pid },
    { kind: 'load', id: 'load', pid: load.pid },
    ...world.tasks.map((task) => ({ kind: 'task' as const, id: task.id, pid: task.process?.pid })),
  ];
  return found.flatMap(({ kind, id, pid }) => (pid === undefined ? [] : [{ kind, id, pid }]));
}

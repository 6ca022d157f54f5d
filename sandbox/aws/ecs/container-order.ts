import type { ContainerDefinition } from './task-definition-input.ts';

/** Those that another waits for come before it; undefined: they wait for each other, or for one that is not there. */
export function startOrder(containers: readonly ContainerDefinition[]): ContainerDefinition[] | undefined {
  const ordered: ContainerDefinition[] = [];
  const left = [...containers];
  while (left.length > 0) {
    const at = left.findIndex(({ dependsOn = [] }) =>
      dependsOn.every(({ containerName }) => ordered.some(({ name }) => name === containerName)),
    );
    if (at === -1) return undefined;
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
}

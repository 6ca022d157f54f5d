/** One call of Forge that reached the sandbox. */
export type Call = { sequence: number; service: string; operation: string };

/** How often Forge called what: service → operation → count. */
export type CallCounts = {
  lastSequence: number;
  byService: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

export const NO_CALLS: CallCounts = { lastSequence: 0, byService: new Map() };

export function withCalls(before: CallCounts, calls: readonly Call[]): CallCounts {
  const byService = new Map([...before.byService].map(([service, counts]) => [service, new Map(counts)]));
  let { lastSequence } = before;
  for (const { sequence, service, operation } of calls) {
    const counts = byService.get(service) ?? new Map<string, number>();
    byService.set(service, counts.set(operation, (counts.get(operation) ?? 0) + 1));
    lastSequence = Math.max(lastSequence, sequence);
  }
  return { lastSequence, byService };
}

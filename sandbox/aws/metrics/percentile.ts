/** The value below or at which so many percent of the values lie (nearest rank); undefined without values. */
export function percentile(ascending: readonly number[], percent: number): number | undefined {
  const rank = Math.max(1, Math.ceil((percent / 100) * ascending.length));
  return ascending[rank - 1];
}

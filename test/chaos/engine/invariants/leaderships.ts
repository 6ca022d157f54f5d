import type { Line } from '../evidence.ts';

type Lead = Extract<Line, { kind: 'lead' }>;

/** Who led when, by the ledger: it is written before anything can begin under a new leader. */
export type Leaderships = {
  leads: readonly Lead[];
  /** How often leadership began after one place in the ledger and before another. */
  between(after: number, before: number): number;
  /** How often it began after that time (milliseconds since the epoch) and before that place. */
  since(at: number, before: number): number;
  /** Another worker leads already when this is written. */
  isStale(line: Line): boolean;
  /** When the next began to lead after this worker, in milliseconds since the epoch. */
  lostAt(worker: number): number | undefined;
};

export function leadershipsOf(lines: readonly Line[]): Leaderships {
  const leads = lines.filter((line) => line.kind === 'lead');

  /** How many there were until that place. */
  function countUntil(position: number): number {
    let low = 0;
    let high = leads.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((leads[middle]?.position ?? Number.POSITIVE_INFINITY) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    leads,
    between: (after, before) => Math.max(0, countUntil(before - 1) - countUntil(after)),
    since: (at, before) => leads.filter((lead) => lead.at >= at && lead.position < before).length,
    isStale: (line) => leads[countUntil(line.position) - 1]?.worker !== line.worker,
    lostAt(worker) {
      const index = leads.findIndex((lead) => lead.worker === worker);
      return index === -1 ? undefined : leads[index + 1]?.at;
    },
  };
}

import { type AttemptLine, isAttemptLine, type Line } from '../evidence.ts';
import type { Whole } from './whole.ts';

/**
 * Everything is done by whoever leads. A process that lost its leadership while it was frozen ends what it had under
 * way, one attempt of each run at most, and none of its jobs' code runs on.
 */
export function leadingViolations(whole: Whole): string[] {
  const stale = whole.evidence.lines.filter((line) => whole.leaderships.isStale(line));
  return [
    ...epochViolations(whole),
    ...strangers(stale, whole),
    ...begunLate(stale),
    ...afterlife(stale, whole),
  ];
}

function epochViolations({ leaderships }: Whole): string[] {
  const found: string[] = [];
  const led = new Set<number>();
  let latest = 0;
  for (const { epoch, worker } of leaderships.leads) {
    if (epoch <= latest) found.push(`epoch ${epoch} began after epoch ${latest}`);
    if (led.has(worker)) found.push(`worker ${worker} led twice`);
    led.add(worker);
    latest = epoch;
  }
  return found;
}

/** Only who was frozen while its lock was taken, or gave it back as it ended, may still be there. */
function strangers(stale: readonly Line[], { evidence, leaderships }: Whole): string[] {
  const known = new Set([...evidence.usurpations.map(({ worker }) => worker), ...evidence.stopped]);
  const leads = new Map(leaderships.leads.map((lead) => [lead.worker, lead.position]));
  return stale.flatMap((line) => {
    const ledFrom = leads.get(line.worker);
    if (ledFrom === undefined || ledFrom > line.position)
      return [`worker ${line.worker} acted before it led`];
    if (known.has(line.worker)) return [];
    return [`worker ${line.worker} acted while another led: ${JSON.stringify(line)}`];
  });
}

function begunLate(stale: readonly Line[]): string[] {
  const found: string[] = [];
  const begun = new Map<string, AttemptLine>();
  for (const line of stale) {
    if (!isAttemptLine(line) || line.kind === 'end') continue;
    const before = begun.get(`${line.worker} ${line.run}`);
    if (before !== undefined && before.attempt !== line.attempt) {
      found.push(
        `worker ${line.worker} began ${before.operation} and ${line.operation} of ${line.run} after another led`,
      );
    }
    begun.set(`${line.worker} ${line.run}`, line);
  }
  return found;
}

/**
 * A job's own `catch` and `finally` run in such a process only where its last operation was recorded before another led:
 * it was frozen on the way there.
 */
function afterlife(stale: readonly Line[], { cases, evidence, leaderships }: Whole): string[] {
  return stale.flatMap((line) => {
    if (line.kind !== 'caught' && line.kind !== 'finally') return [];
    const usurpation = evidence.usurpations.find(({ worker }) => worker === line.worker);
    const lostAt = usurpation?.frozenAt ?? leaderships.lostAt(line.worker) ?? 0;
    const entries = cases.get(line.run)?.entries ?? [];
    const isOnTheWay = entries.every(
      ({ name, endedAt }) => name.startsWith('put-back') || (endedAt ?? Number.POSITIVE_INFINITY) <= lostAt,
    );
    return isOnTheWay ? [] : [`worker ${line.worker} ran ${line.kind} of ${line.run} after another led`];
  });
}

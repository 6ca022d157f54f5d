import type { LedgerEntry, LedgerLine } from '../chaos/engine/ledger.ts';

/** When the line with this place is written. */
export function timeOf(place: number): number {
  return 1_000 + place * 10;
}

export function line<Entry extends LedgerEntry>(place: number, written: Entry) {
  return { worker: 1, at: timeOf(place), ...written };
}

type Begun = { run: string; operation: string; attempt?: number; unknown?: boolean };

export function beginLine(place: number, { attempt: number = 1, unknown = false, ...begun }: Begun) {
  return line(place, { kind: 'begin', ...begun, attempt: number, unknown, seen: 'nothing' });
}

export function endLine(place: number, begun: Begun & { result?: 'ok' | 'failed' }) {
  const { attempt: number = 1, unknown = false, result = 'ok', run: id, operation } = begun;
  return line(place, { kind: 'end', run: id, operation, attempt: number, unknown, result });
}

export function attemptLines(
  place: number,
  id: string,
  operation: string,
  result: 'ok' | 'failed' = 'ok',
): LedgerLine[] {
  return [beginLine(place, { run: id, operation }), endLine(place + 1, { run: id, operation, result })];
}

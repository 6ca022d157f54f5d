import { openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

const attempt = { run: z.string(), operation: z.string(), attempt: z.int(), unknown: z.boolean() };

const Entry = z.discriminatedUnion('kind', [
  /** The worker has begun to lead. */
  z.object({ kind: z.literal('lead'), epoch: z.int() }),
  /** An attempt asks the cloud whether an earlier one had its effect. */
  z.object({ kind: z.literal('ask'), ...attempt, found: z.boolean() }),
  /** `seen`: digest of every value the job has seen so far. */
  z.object({ kind: z.literal('begin'), ...attempt, seen: z.string() }),
  z.object({ kind: z.literal('end'), ...attempt, result: z.enum(['ok', 'failed']) }),
  /** The job's own `catch` met an abort. */
  z.object({ kind: z.literal('caught'), run: z.string() }),
  z.object({ kind: z.literal('finally'), run: z.string() }),
]);
export type LedgerEntry = z.infer<typeof Entry>;

const Line = z.intersection(z.object({ worker: z.int(), at: z.number() }), Entry);
/** `worker` is the number of the process: each process has another, unlike a process id. */
export type LedgerLine = z.infer<typeof Line>;

export type Ledger = { write(entry: LedgerEntry): void };

/**
 * The witness beside the journal. A line is one write to a file opened for appending, so that lines of several
 * processes stay whole. One that a kill tore in two must not spoil the next: a line begins with a line feed too.
 */
export function openLedger(path: string, worker: number): Ledger {
  const file = openSync(path, 'a');
  return {
    write(entry) {
      writeSync(file, `\n${JSON.stringify({ worker, at: Date.now(), ...entry })}\n`);
    },
  };
}

/** `torn`: lines that a kill cut off. */
export function readLedger(path: string): { lines: LedgerLine[]; torn: number } {
  const lines: LedgerLine[] = [];
  let torn = 0;
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    if (text === '') continue;
    const value = parsed(text);
    if (value === undefined) torn += 1;
    else lines.push(Line.parse(value));
  }
  return { lines, torn };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

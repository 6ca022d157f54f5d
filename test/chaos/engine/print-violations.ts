import type { Evidence, Violation } from './evidence.ts';

/** So many are told in full; the others are only counted. */
const most = 10;

/** Prints each violation with the whole journal and every ledger line of its run. */
export function printViolations(found: readonly Violation[], evidence: Evidence): void {
  const told = new Set<string>();
  for (const { rule, run, what } of found.slice(0, most)) {
    console.log(`VIOLATION (${rule}) ${run ?? ''}: ${what}`);
    if (run === undefined || told.has(run)) continue;
    told.add(run);
    printRun(run, evidence);
  }
  if (found.length > most) console.log(`… and ${found.length - most} more`);
}

function printRun(id: string, { runs, entries, lines, signals, asked, effects }: Evidence): void {
  const printAll = (title: string, items: readonly unknown[]) => {
    for (const item of items) console.log(`  ${title} ${JSON.stringify(item)}`);
  };
  printAll(
    'run',
    runs.filter((run) => run.id === id),
  );
  printAll(
    'asked',
    asked.filter(({ run }) => run === id),
  );
  printAll(
    'journal',
    entries.filter(({ run }) => run === id),
  );
  printAll('ledger', lines.filter((line) => line.kind === 'lead' || line.run === id).filter(besideRun(id)));
  printAll(
    'signal',
    signals.filter(({ run }) => run === id),
  );
  printAll(
    'effect',
    effects.filter(({ run }) => run === id),
  );
}

/** Of the lines that say who leads, those next to a line of the run. */
function besideRun(
  id: string,
): (line: Evidence['lines'][number], index: number, all: Evidence['lines']) => boolean {
  const isOwn = (line: Evidence['lines'][number] | undefined) =>
    line !== undefined && line.kind !== 'lead' && line.run === id;
  return (line, index, all) => isOwn(line) || isOwn(all[index - 1]) || isOwn(all[index + 1]);
}

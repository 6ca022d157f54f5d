import { canonicalJson, type Json } from '../../../../src/domain/json.ts';
import type { Case, EntryFacts } from '../evidence.ts';
import { failedValue } from '../play.ts';

/** Every run ends, the way its script and its journal say, with the values that the journal has. */
export function endViolations({ run, entries }: Case): string[] {
  if (run.endedAt === null) return [`is still ${run.status}`];
  const found: string[] = [];
  const expected = expectedStatus({ run, entries });
  if (run.status !== expected) found.push(`ended as ${run.status} instead of ${expected}`);
  if (run.status === 'aborted' && run.abortBy === null) found.push('was aborted by nobody');
  if (run.status === 'done') {
    const recorded = canonicalJson({ seen: entries.map(seenValue) });
    const returned = canonicalJson(run.output);
    if (recorded !== returned) found.push(`returned ${returned}, but the journal has ${recorded}`);
  }
  return found;
}

function expectedStatus({ run, entries }: Pick<Case, 'run' | 'entries'>): string {
  if (run.startedAt === null) return 'aborted';
  if (entries.some(({ outcome }) => outcome?.kind === 'aborted')) return 'aborted';
  return run.input.acts.some(({ kind }) => kind === 'fail') ? 'failed' : 'done';
}

function seenValue({ outcome }: EntryFacts): Json {
  if (outcome === null || outcome.kind === 'aborted') return 'no value';
  return outcome.kind === 'failed' ? failedValue : (outcome.value ?? null);
}

import { distance } from 'fastest-levenshtein';

/** The known word somebody most likely meant: at most a third of the letters differ. */
function nearest(word: string, known: readonly string[]): string | undefined {
  let best: { candidate: string; steps: number } | undefined;
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || steps < best.steps) best = { candidate, steps };
  }
  if (best === undefined) return undefined;
  const limit = Math.max(1, Math.ceil(Math.max(word.length, best.candidate.length) / 3));
  return best.steps <= limit ? best.candidate : undefined;
}

/** "Did you mean `x`?", or the list of what is known; at most ten of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  if (known.length === 0) return 'There is none yet.';
  const shown = known.slice(0, 10).map((name) => `\`${name}\``);
  const more = known.length > shown.length ? ' …' : '';
  return `Known here: ${shown.join(', ')}${more}.`;
}

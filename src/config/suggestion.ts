import { nearest } from '../domain/nearest.ts';

/** "Did you mean `x`?", or the list of what is known; at most ten of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  if (known.length === 0) return 'There is none yet.';
  const shown = known.slice(0, 10).map((name) => `\`${name}\``);
  const more = known.length > shown.length ? ' …' : '';
  return `Known here: ${shown.join(', ')}${more}.`;
}

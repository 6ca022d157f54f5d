import { shortened } from '../views/text.ts';

/**
 * A word somebody typed, within a sentence of ours: not too long, and without what would end a code span or make a
 * mention of it, since refusals mention the people they name. Escaping comes later.
 */
export function shown(word: string): string {
  return shortened(word, 80).replaceAll('`', 'ˋ').replaceAll('<', '‹').replaceAll('>', '›');
}

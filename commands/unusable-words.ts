import { UserError } from '../src/domain/errors.ts';
import type { Words } from './words.ts';

type Kind = 'strategies' | 'regions' | 'numbers';

/** Throws a `UserError` for words that mean something but nothing to this command: leaving them out unsaid would do something else than was typed. */
export function refuseUnusable(words: Words, command: string, kinds: readonly Kind[]): void {
  for (const kind of kinds) {
    if (words[kind].length > 0) throw new UserError(`${sentence(kind, words, command)} Nothing was done.`);
  }
}

function sentence(kind: Kind, words: Words, command: string): string {
  switch (kind) {
    case 'strategies':
      return `\`${command}\` takes no strategy. Leave out ${words.strategies.join(' and ')}.`;
    case 'regions':
      return `\`${command}\` is about all regions of an environment, never about one alone. Leave out ${words.regions.join(' and ')}.`;
    case 'numbers':
      return `\`${command}\` takes no deployment number. To see one deployment, type \`/forge status #${words.numbers[0]}\`.`;
  }
}

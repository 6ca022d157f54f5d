import { UserError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import { environmentNamed, type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { AnyCommand } from './command.ts';
import { commands } from './index.ts';
import { insteadOf, isPlanned } from './other-words.ts';
import { shown } from './shown.ts';

/** The command of this name; undefined when there is none. */
export function commandNamed(name: string): AnyCommand | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/**
 * The command somebody typed and the words beside it: its name is the first word, or the only one among the words that
 * is a command's. Nothing typed is `help`. Throws a `UserError` when there is none.
 */
export function findCommand(
  words: readonly string[],
  policy: Policy,
): { command: AnyCommand; words: string[] } {
  const [first = 'help'] = words;
  refuseOtherWord(first, policy);
  const known = words.filter((word) => commandNamed(word.toLowerCase()) !== undefined);
  const name = words.length === 0 || known.includes(first) ? first : onlyOne(known);
  const command = name === undefined ? undefined : commandNamed(name.toLowerCase());
  if (name === undefined || command === undefined) throw new UserError(unknownCommand(first, known));
  const at = words.indexOf(name);
  return { command, words: words.filter((_word, index) => index !== at) };
}

/** Another word in the place of a command is never passed over for one further on: “cancel the deploy” does not deploy. */
function refuseOtherWord(first: string, policy: Policy): void {
  const word = first.toLowerCase();
  if (serviceNamed(policy, word) !== undefined || environmentNamed(policy, word) !== undefined) return;
  const meant = insteadOf(word);
  if (meant !== undefined) {
    throw new UserError(
      `Forge does not know “${shown(first)}”. Did you mean \`/forge ${meant}\`? Nothing was done.`,
    );
  }
  if (!isPlanned(word)) return;
  throw new UserError(
    `Forge cannot \`${shown(word)}\` yet: that is not there yet. \`/forge help\` lists what you can type. Nothing was done.`,
  );
}

function onlyOne(words: string[]): string | undefined {
  return words.length === 1 ? words[0] : undefined;
}

function unknownCommand(word: string, known: string[]): string {
  if (known.length > 1) {
    return `Which one do you mean, ${known.map((name) => `\`${name}\``).join(' or ')}? Type its name first. Nothing was done.`;
  }
  const meant = nearest(word, Object.keys(commands));
  const hint =
    meant === undefined ? '`/forge help` lists what you can type.' : `Did you mean \`/forge ${meant}\`?`;
  return `Forge does not know “${shown(word)}”. ${hint} Nothing was done.`;
}

import type { Incoming } from '../src/ports/incoming.ts';
import type { AnyCommand, Asking, Reading } from './command.ts';
import { commandNamed, findCommand } from './find-command.ts';
import { hiddenPart } from './hidden-part.ts';
import { carried, otherVersion } from './other-version.ts';
import { readShortcut } from './shortcut.ts';
import { typed } from './typed.ts';
import { sortWords } from './words.ts';

/** What a person does to ask for something. */
export type Acting = Extract<Incoming, { kind: 'command' | 'press' | 'shortcut' | 'submission' }>;

/** Finds the command that is asked for and what it is to work on. Throws a `UserError` when nothing can be made of it. */
export async function read(
  incoming: Acting,
  asking: Asking,
): Promise<{ command: AnyCommand; reading: Reading }> {
  const { policy } = asking.forge;
  switch (incoming.kind) {
    case 'command': {
      const { words: all, ...reason } = typed(incoming.text);
      const { command, words } = findCommand(all, policy);
      return { command, reading: await command.fromWords(sortWords({ words, ...reason }, policy), asking) };
    }
    case 'press': {
      const command = commandNamed(incoming.actionId);
      if (command === undefined) throw otherVersion('button');
      const value = carried(typeof incoming.value === 'string' ? incoming.value : '', 'button');
      if (!isEmpty(value)) return { command, reading: { kind: 'input', value } };
      // A button without an input is the bare command: it asks what is missing.
      return { command, reading: await command.fromWords(sortWords({ words: [] }, policy), asking) };
    }
    case 'shortcut':
      return readShortcut(incoming, asking);
    case 'submission': {
      const command = commandNamed(incoming.callbackId);
      if (command?.fromForm === undefined) throw otherVersion('form');
      const value = command.fromForm(incoming.values, hiddenPart(incoming.privateMetadata));
      return { command, reading: { kind: 'input', value } };
    }
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

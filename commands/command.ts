import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import type { Caller } from '../src/domain/caller.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Forge } from '../src/forge.ts';
import type { Message } from '../src/ports/chat.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { Person } from '../src/ports/people.ts';
import type { Words } from './words.ts';

/** What a command answers to the person alone. What changed the world shows in the deployment's message. */
export type Reply =
  | { kind: 'private'; message: Message }
  /** `otherwise` is said when Slack does not let the form open any more. */
  | { kind: 'form'; form: ModalView; otherwise: Message }
  | { kind: 'silent' };

/** Who asks, and Forge to ask. */
export type Asking = { caller: Caller; person: Person; forge: Forge };

/** What typed words come to: the command's input, or a form where something is missing or could mean two things. */
export type Reading = { kind: 'input'; value: unknown } | { kind: 'reply'; reply: Reply };

/** What is wrong with a command's input, for the person; `field` is the input's key. */
export type Issue = { field: string; message: string };

export type Command<Input> = {
  name: string;
  /** How it is typed, without `/forge`. */
  usage: string;
  /** What it does, for `help`. */
  summary: string;
  input: z.ZodType<Input>;
  /** Throws a `UserError` for words it can't use. */
  fromWords(words: Words, asking: Asking): Reading | Promise<Reading>;
  /** What a form's fields and its hidden part come to; checked against `input` before the form closes. */
  fromForm?(values: FieldValues, hidden: unknown): unknown;
  /** What of a form's input does not go together under this policy; shown before the form closes. */
  misfit?(input: Input, policy: Policy): Issue | undefined;
  /** Carries it out. Throws a `UserError` to refuse. */
  run(input: Input, asking: Asking): Promise<Reply>;
};

/** A command with its input's type hidden, as the registry keeps it. */
export type AnyCommand = Omit<Command<unknown>, 'run' | 'input' | 'misfit'> & {
  /** Parses `value` with the command's schema. */
  accept(value: unknown):
    | {
        kind: 'accepted';
        misfit(policy: Policy): Issue | undefined;
        run(asking: Asking): Promise<Reply>;
      }
    | { kind: 'rejected'; issues: Issue[] };
};

export function defineCommand<Input>(command: Command<Input>): AnyCommand {
  const { run, input, misfit, ...rest } = command;
  return {
    ...rest,
    accept(value) {
      const parsed = input.safeParse(value);
      if (parsed.success) {
        return {
          kind: 'accepted',
          misfit: (policy) => misfit?.(parsed.data, policy),
          run: (asking) => run(parsed.data, asking),
        };
      }
      const issues = parsed.error.issues.map(({ path, message }) => ({
        field: String(path[0] ?? ''),
        message,
      }));
      return { kind: 'rejected', issues };
    },
  };
}

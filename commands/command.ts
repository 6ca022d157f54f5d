import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import type { Caller } from '../src/domain/caller.ts';
import type { ActPlace, Membership } from '../src/domain/people-policy.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Act, Role } from '../src/domain/roles.ts';
import type { Forge } from '../src/forge.ts';
import type { Message } from '../src/ports/chat.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { Person } from '../src/ports/people.ts';
import type { Words } from './words.ts';

/** What a command answers to the person alone. What changed the world shows in the deployment's message. */
export type Reply =
  | { kind: 'private'; message: Message }
  /**
   * `otherwise` is said when Slack does not let the form open any more; `refreshed` is the form once all is known that takes
   * longer than Slack waits for it to open.
   */
  | { kind: 'form'; form: ModalView; otherwise: Message; refreshed?: () => Promise<ModalView> }
  | { kind: 'silent' };

/** Who asks, and Forge to ask. */
export type Asking = {
  caller: Caller;
  person: Person;
  forge: Forge;
  /** The roles the person has in a place. Throws a `UserError` when Slack does not say which groups they are in. */
  roles(place: ActPlace): Promise<Role[]>;
  /** Throws a `UserError` unless the person who asks, or the one of that Slack id, may do something in a place. */
  permit(needed: { act: Act } & ActPlace, userId?: string): Promise<void>;
  /** The person with the groups of the policy they are in; `fresh` asks Slack again. Throws a `UserError` when it does not say. */
  membership(options: { fresh: boolean }): Promise<Membership>;
};

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
  /** What a person must be allowed to do. */
  act: Act;
  /** Where, as far as the input says it. Absent: what it does is about no place, or about all that a person may see. */
  place?(input: Input, forge: Forge): ActPlace | Promise<ActPlace>;
  input: z.ZodType<Input>;
  /** Throws a `UserError` for words it can't use. */
  fromWords(words: Words, asking: Asking): Reading | Promise<Reading>;
  /** What a form's fields and its hidden part come to; checked against `input` before the form closes. */
  fromForm?(values: FieldValues, hidden: unknown): unknown;
  /** The form as it is for what is filled in so far; asked for with every choice in a field that tells Forge of it. */
  refreshed?(values: FieldValues, asking: Asking): Promise<ModalView>;
  /** What of a form's input does not go together under this policy; shown before the form closes. */
  misfit?(input: Input, policy: Policy): Issue | undefined;
  /** Carries it out. Throws a `UserError` to refuse. */
  run(input: Input, asking: Asking): Promise<Reply>;
};

/** A command with its input's type hidden, as the registry keeps it. */
export type AnyCommand = Omit<Command<unknown>, 'run' | 'input' | 'misfit' | 'place'> & {
  /** Parses `value` with the command's schema. */
  accept(value: unknown):
    | {
        kind: 'accepted';
        misfit(policy: Policy): Issue | undefined;
        place(forge: Forge): ActPlace | Promise<ActPlace>;
        run(asking: Asking): Promise<Reply>;
      }
    | { kind: 'rejected'; issues: Issue[] };
};

export function defineCommand<Input>(command: Command<Input>): AnyCommand {
  const { run, input, misfit, place, ...rest } = command;
  return {
    ...rest,
    accept(value) {
      const parsed = input.safeParse(value);
      if (parsed.success) {
        return {
          kind: 'accepted',
          misfit: (policy) => misfit?.(parsed.data, policy),
          place: (forge) => place?.(parsed.data, forge) ?? {},
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

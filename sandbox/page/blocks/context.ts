import type { FormValues } from '../api.ts';
import type { OptionGroup } from '../elements/suggested-options.ts';
import type { Json } from '../json.ts';
import type { Channel, User } from '../model.ts';
import type { Names } from '../names.ts';

/** Something a person did to an interactive element. */
export type Action = {
  actionId: string;
  blockId: string;
  value?: unknown;
  /** What the other inputs of the same modal hold at that moment. */
  values?: FormValues;
  /** Slack's confirm object of the element, if it has one. */
  confirm: Json | undefined;
};

export type Suggested = { kind: 'offered'; groups: OptionGroup[] } | { kind: 'failed'; reason: string };

/** What blocks need from the surface (a message, a modal, the App Home) that they are drawn on. */
export type BlockContext = {
  /** Unique per message or view: keeps the ids of its form controls apart from others. */
  scope: string;
  names: Names;
  /** The acting user: mentions of them are marked. */
  me: string;
  users: readonly User[];
  channels: readonly Channel[];
  /** Per block id, what the person must mend. */
  errors: Readonly<Record<string, string>>;
  /** Resolves to false when the action was not carried out (the person declined, or it failed). */
  act(action: Action): Promise<boolean>;
  /** Asks Forge what a menu offers for what was typed into it. */
  suggest(query: { actionId: string; blockId: string; typed: string }): Promise<Suggested>;
};

import type { SlackView } from '../parts.ts';
import type { Changes } from './changes.ts';
import type { Identifiers } from './identifiers.ts';
import { type InputValues, stateOf } from './input-state.ts';
import { type JsonObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import { normalisedBlocks } from './normalise.ts';
import { APP_ID, BOT_ID, TEAM } from './seed.ts';
import { SlackError } from './slack-error.ts';

export type View = {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  /** What the app gave, with ids made up for its blocks. */
  readonly given: JsonObject;
  readonly hash: string;
  readonly filled: InputValues;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly errors?: Readonly<Record<string, string>> | undefined;
  readonly warning?: string | undefined;
};

/** The modals each person has open, at most three on one another, and each person's Home. */
export class Views {
  readonly #stacks = new Map<string, readonly View[]>();
  readonly #homes = new Map<string, View>();
  readonly #identifiers: Identifiers;
  readonly #changes: Changes;

  constructor(identifiers: Identifiers, changes: Changes) {
    this.#identifiers = identifiers;
    this.#changes = changes;
  }

  /** Open modals of a person, top last. */
  stack(user: string): readonly View[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  find(matches: (view: View) => boolean): View | undefined {
    return [...this.#homes.values(), ...[...this.#stacks.values()].flat()].find(matches);
  }

  /** Opens the first modal of a stack; what was open before is gone. */
  open(user: string, given: JsonObject): View {
    const id = this.#identifiers.withPrefix('V');
    return this.#put(user, [], this.#view({ id, user, given, rootId: id, previousId: null }));
  }

  /** Puts a modal on top of the person's stack. Throws SlackError push_limit_reached at the fourth. */
  push(user: string, given: JsonObject): View {
    const stack = this.stack(user);
    const [root] = stack;
    const top = stack.at(-1);
    if (!root || !top) throw new SlackError('not_found');
    if (stack.length >= LIMITS.viewStack) throw new SlackError('push_limit_reached');
    const id = this.#identifiers.withPrefix('V');
    return this.#put(user, stack, this.#view({ id, user, given, rootId: root.id, previousId: top.id }));
  }

  publish(user: string, given: JsonObject): View {
    const id = this.#homes.get(user)?.id ?? this.#identifiers.withPrefix('V');
    const view = this.#view({ id, user, given, rootId: id, previousId: null });
    this.#homes.set(user, view);
    this.#changes.emit({ what: 'home', user });
    return view;
  }

  /** A view keeps what was filled in where block and action keep their ids. */
  update(view: View, given: JsonObject): View {
    const { id, user, rootId, previousId, filled } = view;
    const updated = { ...this.#view({ id, user, given, rootId, previousId }), filled };
    this.change(view.id, () => updated);
    return updated;
  }

  change(id: string, change: (view: View) => View): void {
    for (const [user, home] of this.#homes) {
      if (home.id !== id) continue;
      this.#homes.set(user, change(home));
      this.#changes.emit({ what: 'home', user });
    }
    for (const [user, stack] of this.#stacks) {
      if (!stack.some((view) => view.id === id)) continue;
      this.#setStack(
        user,
        stack.map((view) => (view.id === id ? change(view) : view)),
      );
    }
  }

  /** Takes one modal off its stack; the ones above it go with it. */
  close(user: string, id: string): void {
    const index = this.stack(user).findIndex((view) => view.id === id);
    if (index >= 0) this.#setStack(user, this.stack(user).slice(0, index));
  }

  clear(user: string): void {
    this.#setStack(user, []);
  }

  #put(user: string, below: readonly View[], view: View): View {
    this.#setStack(user, [...below, view]);
    return view;
  }

  #setStack(user: string, stack: readonly View[]): void {
    this.#stacks.set(user, stack);
    this.#changes.emit({ what: 'views', user });
  }

  #view(from: Pick<View, 'id' | 'user' | 'given' | 'rootId' | 'previousId'>): View {
    const blocks = normalisedBlocks(objectsIn(from.given.blocks), this.#identifiers);
    const type = from.given.type === 'home' ? 'home' : 'modal';
    const hash = `${this.#identifiers.timestamp().split('.')[0]}.${this.#identifiers.secret().slice(0, 8)}`;
    return { ...from, type, given: { ...from.given, blocks }, hash, filled: {} };
  }
}

/** The view as the API and the payloads show it. */
export function viewObject(view: View): JsonObject {
  const blocks = objectsIn(view.given.blocks);
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    title: null,
    submit: null,
    close: null,
    ...view.given,
    id: view.id,
    team_id: TEAM.id,
    state: { values: stateOf(blocks, view.filled) },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: APP_ID,
    app_installed_team_id: TEAM.id,
    bot_id: BOT_ID,
  };
}

export function viewSummary(view: View): SlackView {
  return {
    id: view.id,
    type: view.type,
    view: viewObject(view),
    hash: view.hash,
    ...(view.errors !== undefined && { errors: { ...view.errors } }),
    ...(view.warning !== undefined && { warning: view.warning }),
  };
}

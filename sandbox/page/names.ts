import type { WorkspaceState } from './model.ts';

/** Looks ids up for display. An id that the workspace does not know is shown as it is. */
export type Names = {
  user(id: string): string;
  channel(id: string): string;
  group(id: string): string;
};

export function namesOf(state: WorkspaceState): Names {
  const users = new Map(state.users.map(({ id, name }) => [id, name]));
  const channels = new Map(state.channels.map(({ id, name }) => [id, name]));
  const groups = new Map(state.groups.map(({ id, name }) => [id, name]));
  return {
    user: (id) => users.get(id) ?? id,
    channel: (id) => channels.get(id) ?? id,
    group: (id) => groups.get(id) ?? id,
  };
}

import { ControlError } from '../parts.ts';
import type { User } from './seed.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';

/** A view the person sees. Throws ControlError 404 when it is gone. */
export function viewOf(id: string, user: User, workspace: Workspace): View {
  const view = workspace.views.find((one) => one.id === id && one.user === user.id);
  if (!view) throw new ControlError(404, `There is no view ${id} open for ${user.displayName} any more.`);
  return view;
}

import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import { closedHomeView, homeView } from '../views/home.ts';
import type { Admission } from './admission.ts';

/** Shows a person their App Home as things are now, or why they may not see it. */
export async function showHome(
  userId: string,
  admission: Admission,
  { forge, replies }: { forge: Forge; replies: Replies },
): Promise<void> {
  if (admission.kind === 'denied') return replies.publishHome(userId, closedHomeView(admission.reason));
  return replies.publishHome(userId, homeView(await forge.status({}), forge.now()));
}

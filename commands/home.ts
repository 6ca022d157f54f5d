import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import { homeView } from '../views/home.ts';

/** Shows a person their App Home as things are now. */
export async function publishHome(
  userId: string,
  { forge, replies }: { forge: Forge; replies: Replies },
): Promise<void> {
  const statuses = await forge.status({});
  await replies.publishHome(userId, homeView(statuses, forge.now()));
}

import { ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import { eventPayload } from './payloads.ts';
import { actingUser } from './people.ts';
import { viewObject } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Opens Forge's Home as a person: the app is told and may publish. Resolves with the first delivery. */
export async function openHome(as: string, workspace: Workspace): Promise<Delivery> {
  const user = actingUser(as, workspace.conversations);
  const { homeTab, events } = workspace.settings();
  if (!homeTab) throw new ControlError(403, 'The app has no Home tab: it is switched off.');
  // The person sees what was published before; the app hears nothing of it.
  if (!events.includes('app_home_opened')) return { acked: false, error: 'not_subscribed' };
  const home = workspace.views.home(user.id);
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: workspace.conversations.directWith(user.id)?.id,
    tab: 'home',
    event_ts: workspace.identifiers.timestamp(),
    ...(home && { view: viewObject(home) }),
  };
  return deliveryOf(await workspace.deliveries.deliverEvent(eventPayload(event, workspace)));
}

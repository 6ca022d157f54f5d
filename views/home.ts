import type { HomeView, KnownBlock } from '@slack/types';
import type { ServiceStatus } from '../src/use-cases/status.ts';
import { actions, button, context, section } from './blocks.ts';
import { type Room, statusBlocks } from './status.ts';

/** A view may have 100 blocks and 250,000 bytes. */
const ROOM: Room = { services: 40, text: 40_000 };

/** What is live where, and the button that starts a deployment. */
export function homeView(statuses: readonly ServiceStatus[], now: number): HomeView {
  const blocks: KnownBlock[] = [
    section(
      '*Forge* deploys services and takes deployments back. Everything here can be typed too: `/forge help`.',
    ),
    actions([
      button({ command: 'deploy', text: 'Deploy…', value: {}, style: 'primary' }),
      button({ command: 'home', text: 'Refresh', value: {} }),
    ]),
    { type: 'divider' },
    ...(statuses.length === 0
      ? [context('The policy file names no services yet.')]
      : statusBlocks(statuses, now, ROOM)),
  ];
  return { type: 'home', blocks };
}

/** For people who may not use Forge. */
export function closedHomeView(reason: string): HomeView {
  return { type: 'home', blocks: [section(reason)] };
}

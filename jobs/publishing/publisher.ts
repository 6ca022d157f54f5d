import type { Chat } from '../../src/ports/chat.ts';
import type { Log } from '../../src/ports/log.ts';
import type { People } from '../../src/ports/people.ts';
import type { World } from '../world.ts';

/** What publishing needs. */
export type Publisher = Pick<World, 'store' | 'clock' | 'policy'> & { chat: Chat; log: Log };

/** What publishing deployments needs: it also tells people whom their channel does not reach. */
export type DeploymentPublisher = Publisher & { people: Pick<People, 'membersOf' | 'inChannel'> };

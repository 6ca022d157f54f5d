import type { Chat } from '../../src/ports/chat.ts';
import type { Log } from '../../src/ports/log.ts';
import type { World } from '../world.ts';

/** What publishing needs. */
export type Publisher = Pick<World, 'store' | 'clock' | 'policy'> & { chat: Chat; log: Log };

import type { HomeView, KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Freeze } from '../src/domain/freeze.ts';
import type { Lock } from '../src/domain/lock.ts';
import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import type { Recurring } from '../src/domain/recurring.ts';
import type { ServiceStatus } from '../src/use-cases/status.ts';
import type { ShownHold } from './automatic-hold.ts';
import { actions, button, section } from './blocks.ts';
import { boardBlocks } from './home-board.ts';
import { restrictionBlocks } from './home-restrictions.ts';
import { scheduleBlocks } from './home-schedules.ts';
import { underWayBlocks } from './home-under-way.ts';
import { voteBlocks } from './home-votes.ts';

/** What one person's Home shows. */
export type HomeContent = {
  /** What is live where, as AWS said it at that time. Milliseconds since the epoch. */
  board: { statuses: readonly ServiceStatus[]; at: number };
  /** Of the board, the first is 0; one that is not there shows the last. */
  page: number;
  /** Everything that is not over, the oldest first. */
  underWay: readonly Deployment[];
  /** Of these, what waits for this person's vote; undefined: Slack did not say what they may decide. */
  votes: readonly Deployment[] | undefined;
  /** What waits for this person's consent. */
  consents: readonly Deployment[];
  /** What this person has scheduled. */
  scheduled: readonly Deployment[];
  recurring: readonly Recurring[];
  /** In force or to come. */
  freezes: readonly Freeze[];
  /** In force. */
  locks: readonly Lock[];
  /** Where nothing is deployed by itself. */
  holds: readonly ShownHold[];
  /** What people call a service. */
  titleOf: (service: string) => string;
  people: PeoplePolicy;
  /** Milliseconds since the epoch. */
  now: number;
};

/**
 * What a person comes for first: what waits for them, what runs, what stands in the way, then what is live where. Each part has
 * a most of blocks of its own; all of them together are 97 of the 100 that Slack takes.
 */
export function homeView(content: HomeContent): HomeView {
  const blocks: KnownBlock[] = [
    section(
      '*Forge* deploys services and takes deployments back. Everything here can be typed too: `/forge help`.',
    ),
    actions([
      button({ command: 'deploy', text: 'Deploy…', value: {}, style: 'primary' }),
      button({ command: 'rollback', text: 'Roll back…', value: {} }),
      button({ command: 'home', text: 'Refresh', value: content.page === 0 ? {} : { page: content.page } }),
    ]),
    ...voteBlocks(content),
    ...underWayBlocks({ ...content, apart: toldApart(content) }),
    ...scheduleBlocks(content),
    ...restrictionBlocks(content),
    { type: 'divider' },
    ...boardBlocks(content),
  ];
  return { type: 'home', blocks };
}

/** What has a part of its own: what waits for this person, and what they have scheduled. Deployments by number. */
function toldApart({ votes = [], consents, scheduled }: HomeContent): ReadonlySet<number> {
  return new Set([...votes, ...consents, ...scheduled].map(({ number }) => number));
}

/** For people who may not use Forge. */
export function closedHomeView(reason: string): HomeView {
  return { type: 'home', blocks: [section(reason)] };
}

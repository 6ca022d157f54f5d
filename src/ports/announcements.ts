/** What is told of a freeze or a lock. */
export type Telling =
  | 'freeze-planned'
  | 'freeze-soon'
  | 'freeze-begins'
  | 'freeze-ended'
  | 'freeze-lifted'
  | 'lock-placed'
  | 'lock-prolonged'
  | 'lock-handed-over'
  /** To its owner alone: it ends soon. */
  | 'lock-ends-soon'
  | 'lock-ended'
  | 'lock-released'
  /** To its owner alone: what recurs was not asked for this time. */
  | 'recurring-not-started'
  /** Nothing is deployed by itself there until somebody says so. */
  | 'automatic-held'
  /** Something was pushed, and nothing is deployed because of it. */
  | 'automatic-not-deployed'
  /** Something was pushed, and who has to be asked about it does not answer. */
  | 'automatic-waits'
  /** Nobody can tell what is pushed to a repository. */
  | 'automatic-unread';

/**
 * A message to be posted once at its time, whatever happens to the process until then. What it says is rendered when it is
 * posted, from how things are then.
 */
export type Announcement = {
  /** Also Slack's message metadata: `F3/soon/C0DEPLOYS`. */
  id: string;
  /** Id of the freeze, the lock, what recurs or what was pushed; of a hold its place, `api/staging`; of what waits also for whom, and its ref; of a repository also why. */
  about: string;
  tells: Telling;
  /** A channel, or a person: then it is a direct message. */
  channel: string;
  state: 'pending' | 'sending' | 'sent' | 'dropped';
  ts?: string;
  attempts: number;
  /** Not before: milliseconds since the epoch. */
  notBefore: number;
  /** From then on it would tell nobody anything. Milliseconds since the epoch. */
  staleAt?: number;
  /** What went wrong last, or why it was dropped. */
  problem?: string;
};

export type AnnouncementChange =
  /** Nothing when there is one of the same id. */
  | {
      kind: 'announce';
      announcement: Pick<Announcement, 'id' | 'about' | 'tells' | 'channel' | 'notBefore' | 'staleAt'>;
    }
  /** Drops all about it that nobody has begun to post. */
  | { kind: 'withdraw-announcements'; about: string; because: string };

export type Announcements = {
  /** Those to be posted by now, the oldest first, also those whose posting was begun. Milliseconds since the epoch. */
  announcementsDue(now: number): Promise<Announcement[]>;
  announcements(about: string): Promise<Announcement[]>;
  updateAnnouncement(
    id: string,
    change: Partial<Pick<Announcement, 'state' | 'channel' | 'ts' | 'attempts' | 'notBefore' | 'problem'>>,
  ): Promise<void>;
};

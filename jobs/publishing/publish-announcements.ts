import { messageOf } from '../../src/domain/errors.ts';
import type { Announcement } from '../../src/ports/announcements.ts';
import type { Message } from '../../src/ports/chat.ts';
import type { Post } from '../../src/ports/store.ts';
import { freezeAnnouncement, lockAnnouncement } from '../../views/announcements.ts';
import {
  holdAnnouncement,
  notDeployedAnnouncement,
  unreadAnnouncement,
  waitsAnnouncement,
} from '../../views/automatic.ts';
import { recurringProblemMessage } from '../../views/recurring.ts';
import { createPostBudget } from './post-budget.ts';
import type { Publisher } from './publisher.ts';
import { sendPost } from './send-post.ts';

/** Between two looks for what is due. Milliseconds. */
const LOOK = 1_000;
/** One that failed for an unforeseen reason is left alone this long. Milliseconds. */
const AFTER_FAULT = 5_000;

/**
 * Posts what is to be told of freezes and locks, each once, at its time or as soon as it can be after that, as long as it still
 * tells something. Runs while this process leads.
 */
export async function publishAnnouncements(publisher: Publisher, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = publisher;
  const posts = createPostBudget();
  const afterFault = new Map<string, number>();
  for (;;) {
    for (const due of await store.announcementsDue(clock.now())) {
      if ((afterFault.get(due.id) ?? 0) > clock.now()) continue;
      try {
        await publish(due, publisher, posts);
        afterFault.delete(due.id);
      } catch (error) {
        log.error('An announcement could not be posted', { announcement: due.id, error: messageOf(error) });
        afterFault.set(due.id, clock.now() + AFTER_FAULT);
      }
    }
    await clock.sleep(LOOK, signal);
  }
}

async function publish(
  due: Announcement,
  publisher: Publisher,
  posts: ReturnType<typeof createPostBudget>,
): Promise<void> {
  const { store, clock, log } = publisher;
  const isStale = due.staleAt !== undefined && due.staleAt <= clock.now();
  const message = isStale ? undefined : await render(due, publisher);
  if (message === undefined) {
    await store.updateAnnouncement(due.id, {
      state: 'dropped',
      problem: 'It would tell nobody anything now',
    });
    return;
  }
  // Of no deployment, and a message of its own in its channel.
  const post: Post = { ...due, deployment: 0, event: 0 };
  const sent = await sendPost(
    { post, message, since: due.notBefore },
    { ...publisher, store: { updatePost: (id, change) => store.updateAnnouncement(id, change) } },
    { posts },
  );
  if (sent.state !== 'dropped') return;
  log.error('An announcement was refused', { announcement: due.id, problem: sent.problem });
}

/** Undefined: what it was to tell is not so any more. */
async function render(
  { tells, about, notBefore }: Announcement,
  { store }: Publisher,
): Promise<Message | undefined> {
  switch (tells) {
    case 'freeze-planned':
    case 'freeze-soon':
    case 'freeze-begins':
    case 'freeze-ended':
    case 'freeze-lifted': {
      const freeze = await store.freeze(about);
      const isTrue = (freeze?.lifted !== undefined) === (tells === 'freeze-lifted');
      return freeze === undefined || !isTrue ? undefined : freezeAnnouncement(tells, freeze);
    }
    case 'lock-placed':
    case 'lock-prolonged':
    case 'lock-handed-over':
    case 'lock-ends-soon':
    case 'lock-ended':
    case 'lock-released': {
      const lock = await store.lock(about);
      const isTrue = (lock?.released !== undefined) === (tells === 'lock-released');
      return lock === undefined || !isTrue ? undefined : lockAnnouncement(tells, lock);
    }
    case 'recurring-not-started': {
      const recurring = await store.recurring(about);
      const reason = recurring?.problem?.reason;
      return recurring === undefined || reason === undefined
        ? undefined
        : recurringProblemMessage(recurring, reason);
    }
    case 'automatic-held': {
      const [service = '', environment = ''] = about.split('/');
      const hold = await store.automaticHold({ service, environment });
      return hold === undefined ? undefined : holdAnnouncement(hold);
    }
    case 'automatic-waits': {
      const [service = '', environment = '', of = '', ...ref] = about.split('/');
      const waiting = { service, environment, ref: ref.join('/') };
      const last = await store.lastFollowed(waiting);
      // It was dealt with since.
      if (last !== undefined && last.at >= notBefore) return undefined;
      return waitsAnnouncement(waiting, of);
    }
    case 'automatic-unread': {
      const [repository = ''] = about.split(' ', 1);
      return unreadAnnouncement(repository, about.slice(repository.length + 1));
    }
    case 'automatic-not-deployed': {
      const followed = await store.followed(about);
      const hold = followed && (await store.automaticHold(followed));
      // Once nobody holds it any more it is looked at again.
      if (followed === undefined || (followed.outcome === 'held' && hold === undefined)) return undefined;
      return notDeployedAnnouncement(followed, hold);
    }
  }
}

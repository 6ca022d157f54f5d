import type { HomeView } from '@slack/types';
import { messageOf } from '../src/domain/errors.ts';
import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Store } from '../src/ports/store.ts';
import { closedHomeView } from '../views/home.ts';
import { type Admission, admissionOf } from './admission.ts';
import { drawHome, type HomeParts } from './home.ts';
import { changedPlaces, type HomeNews, homeNews } from './home-news.ts';
import { createLiveBoards, type LiveBoard, type Place } from './live-board.ts';

/** Between two looks for what Homes do not show yet. Milliseconds. */
const LOOK = 1_000;
/** One Home is drawn anew by itself this often at most. Milliseconds. */
const EVERY = 5_000;
/** A Home that could not be drawn is left alone this long. Milliseconds. */
const AFTER_FAULT = 60_000;
/** Who has not looked for longer than this is told when they look again. Milliseconds. */
const FORGET = 24 * 3_600_000;
/** So many are drawn in one look: Slack takes more than a hundred a minute, and who opens one now goes first. */
const MOST_A_LOOK = 1;

/** A person who has looked at their Home lately. */
type Viewer = {
  page: number;
  openedAt: number;
  /** Something changed since it was drawn. */
  isBehind: boolean;
  notBefore: number;
  /** Of what is shown. */
  hash?: string | undefined;
  shown?: string;
};

export type Homes = {
  /** Draws a person's Home as things are now, or why they may not see it. Throws when Slack does not take it. */
  show(userId: string, admission: Admission, page?: number): Promise<void>;
  /**
   * Keeps the Homes of those who looked within a day as things are, while this process leads. Who they are is known from what
   * arrived, so a restart forgets nobody.
   */
  keep(signal: AbortSignal): Promise<void>;
};

type Parts = HomeParts & {
  replies: Replies;
  clock: Clock;
  log: Log;
  store: Pick<Store, 'openedHome'>;
};

export function createHomes(parts: Parts): Homes {
  const { forge, replies, clock } = parts;
  const boards = createLiveBoards(forge);
  const viewers = new Map<string, Viewer>();

  function viewerOf(userId: string): Viewer {
    const known = viewers.get(userId);
    const viewer = known ?? { page: 0, openedAt: clock.now(), isBehind: false, notBefore: 0 };
    viewers.set(userId, viewer);
    return viewer;
  }
  /** Nothing is sent that stands there already. */
  async function publish(userId: string, home: HomeView, viewer: Viewer, hash?: string): Promise<void> {
    const content = JSON.stringify(home);
    if (viewer.shown === content) return;
    const result = await replies.publishHome(userId, home, hash === undefined ? {} : { hash });
    viewer.hash = result.kind === 'published' ? result.hash : undefined;
    // Another has drawn it meanwhile: what it shows is not known, so it is drawn once more.
    if (result.kind === 'outdated') viewer.isBehind = true;
    else viewer.shown = content;
  }
  async function draw(userId: string, admission: Admission, viewer: Viewer, board: LiveBoard): Promise<void> {
    viewer.isBehind = false;
    viewer.notBefore = clock.now() + EVERY;
    // Of what stood there before it was drawn: what is drawn meanwhile is newer, and stays.
    const { hash } = viewer;
    const drawn =
      admission.kind === 'denied'
        ? closedHomeView(admission.reason)
        : await drawHome(admission.person, { page: viewer.page, board }, parts);
    await publish(userId, drawn, viewer, hash);
  }

  return {
    async show(userId, admission, page = 0) {
      const viewer = viewerOf(userId);
      viewer.page = page;
      viewer.openedAt = clock.now();
      // Whoever looks is shown it whatever was drawn before.
      viewer.hash = undefined;
      delete viewer.shown;
      const board = admission.kind === 'denied' ? { statuses: [], at: clock.now() } : await boards.asked();
      try {
        await draw(userId, admission, viewer, board);
      } catch (error) {
        leaveAlone(viewer);
        throw error;
      }
    },

    async keep(signal) {
      const known = await parts.store.openedHome(clock.now() - FORGET);
      for (const userId of known) viewerOf(userId).isBehind = true;
      const changes = createChanges(forge);
      while (!signal.aborted) {
        await clock.sleep(LOOK, signal);
        try {
          await look(changes);
        } catch (error) {
          parts.log.warn('Homes could not be brought up to date', { error: messageOf(error) });
          await clock.sleep(AFTER_FAULT, signal);
        }
      }
    },
  };

  async function look(changes: ReturnType<typeof createChanges>): Promise<void> {
    forgetOld(viewers, clock.now() - FORGET);
    if (viewers.size === 0) return;
    if (await changes.areNew()) for (const viewer of viewers.values()) viewer.isBehind = true;
    const due = dueNow(viewers, clock.now());
    if (due.length > 0) await redraw(due, await boards.askedAgainOf(changes.takePlaces()));
  }

  function leaveAlone(viewer: Viewer): void {
    viewer.isBehind = true;
    viewer.notBefore = clock.now() + AFTER_FAULT;
    viewer.hash = undefined;
  }

  async function redraw(due: readonly (readonly [string, Viewer])[], board: LiveBoard): Promise<void> {
    for (const [userId, viewer] of due) {
      try {
        await draw(userId, await admissionOf(userId, parts.people), viewer, board);
      } catch (error) {
        leaveAlone(viewer);
        parts.log.warn('A Home could not be brought up to date', { user: userId, error: messageOf(error) });
      }
    }
  }
}

/** Collects where something changed until Homes are drawn that show it. */
function createChanges(forge: Forge) {
  const places = new Map<string, Place>();
  let news: HomeNews | undefined;
  return {
    async areNew(): Promise<boolean> {
      const before = news;
      news = await homeNews(forge);
      if (before === undefined || before.digest === news.digest) return false;
      for (const place of await changedPlaces(before, news, forge)) {
        places.set(`${place.service} ${place.environment}`, place);
      }
      return true;
    },
    takePlaces(): Place[] {
      const taken = [...places.values()];
      places.clear();
      return taken;
    },
  };
}

/** Who has waited longest goes first. */
function dueNow(viewers: ReadonlyMap<string, Viewer>, now: number): [string, Viewer][] {
  return [...viewers]
    .filter(([, { isBehind, notBefore }]) => isBehind && notBefore <= now)
    .sort(([, left], [, right]) => left.notBefore - right.notBefore)
    .slice(0, MOST_A_LOOK);
}

function forgetOld(viewers: Map<string, Viewer>, before: number): void {
  for (const [userId, { openedAt }] of viewers) if (openedAt < before) viewers.delete(userId);
}

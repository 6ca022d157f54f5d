import { readState } from './api.ts';
import { NO_CALLS } from './call-counts.ts';
import { hasTrouble } from './faults/trouble.ts';
import type { Json } from './json.ts';
import { asText } from './json.ts';
import { LiveStream } from './live-stream.ts';
import type { WorkspaceState } from './model.ts';
import { namesOf } from './names.ts';
import type { PageState } from './page-state.ts';
import { inBackground } from './panes/notices.ts';
import { Screen } from './panes/screen.ts';
import { createPeopleActions, visitHome } from './people-actions.ts';
import { parsePlace } from './place.ts';
import { openReadMarks } from './read-marks.ts';
import { spaced } from './spaced.ts';
import { Store } from './store.ts';
import { refreshDates } from './text/draw-inline.ts';
import { WorkspaceReader } from './workspace-reader.ts';

const RETRY_MS = 1_500;
const DATES_MS = 15_000;
/** Pictures of live traffic move once a second, however often something changes. */
const STATE_MS = 1_000;

function start(workspace: WorkspaceState): void {
  const store = new Store(initialState(workspace), (state) => screen.show(state));
  const reader = new WorkspaceReader(store, openReadMarks(new Date()));
  const actions = createPeopleActions(store, reader, { actAs });
  const screen = new Screen(document.body, actions);
  const stateSoon = spaced(() => reader.state(), STATE_MS);
  let stream = openStream();
  screen.show(store.state);

  function openStream(): LiveStream {
    return new LiveStream(store.state.as, {
      opened: () => {
        store.update({ isConnected: true });
        inBackground(reader.everything());
      },
      changed: (change) => inBackground(readAgain(change)),
      lost: () => store.update({ isConnected: false }),
    });
  }

  async function readAgain(change: Json): Promise<void> {
    switch (asText(change.what)) {
      case 'messages':
        return reader.messages(asText(change.channel));
      case 'views':
        return reader.views();
      case 'home':
        return reader.home();
      default:
        return stateSoon();
    }
  }

  function actAs(user: string): void {
    sessionStorage.setItem('act-as', user);
    stream.close();
    // What the former person saw goes at once: nobody may see another's private messages, not even for a moment.
    store.update({ as: user, messages: new Map(), unread: new Map(), views: [], home: undefined });
    stream = openStream();
    if (store.state.place.kind === 'home') inBackground(visitHome(store, reader));
  }

  function followAddress(): void {
    store.update({ place: parsePlace(location.hash) });
    reader.markRead();
    if (store.state.place.kind === 'home') inBackground(visitHome(store, reader));
  }

  addEventListener('hashchange', followAddress);
  document.addEventListener('visibilitychange', () => reader.markRead());
  setInterval(() => refreshDates(document), DATES_MS);
  setInterval(() => {
    const { place, isConnected } = store.state;
    const side = place.kind === 'channel' ? place.side.kind : 'none';
    if (!isConnected || document.visibilityState !== 'visible') return;
    // Neither traffic nor the calls that a fault strikes are told by the stream.
    if (side === 'services' || hasTrouble(store.state.workspace)) inBackground(stateSoon());
    if (side === 'faults') inBackground(reader.calls());
  }, STATE_MS);
  followAddress();
}

function initialState(workspace: WorkspaceState): PageState {
  return {
    workspace,
    names: namesOf(workspace),
    as: firstUser(workspace),
    place: parsePlace(location.hash),
    messages: new Map(),
    unread: new Map(),
    views: [],
    home: undefined,
    isConnected: true,
    calls: NO_CALLS,
  };
}

function firstUser({ users }: WorkspaceState): string {
  const people = users.filter(({ kind }) => kind !== 'bot');
  const remembered = sessionStorage.getItem('act-as');
  return (people.find(({ id }) => id === remembered) ?? people[0])?.id ?? '';
}

/** The sandbox may still be starting when the page is opened. */
async function waitForWorkspace(): Promise<WorkspaceState> {
  for (;;) {
    try {
      return await readState();
    } catch (error) {
      console.warn('The sandbox does not answer yet', error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

start(await waitForWorkspace());

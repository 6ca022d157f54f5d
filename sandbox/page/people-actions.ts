import type { Click, FormValues } from './api.ts';
import {
  askForOptions,
  closeView,
  openHome,
  sendClick,
  sendCommand,
  setLoad,
  submitView,
  useShortcut,
} from './api.ts';
import type { Action } from './blocks/context.ts';
import { createTroubleActions } from './faults/trouble-actions.ts';
import { reasonOf, tellFailure } from './outcome-words.ts';
import type { PageActions, Surface } from './page-state.ts';
import { askToConfirm } from './panes/confirm-dialog.ts';
import { inBackground, notify } from './panes/notices.ts';
import type { Place } from './place.ts';
import { placeHash } from './place.ts';
import type { Store } from './store.ts';
import type { WorkspaceReader } from './workspace-reader.ts';

/** What a person does in the page, carried out through the control API as the acting user. */
export function createPeopleActions(
  store: Store,
  reader: WorkspaceReader,
  { actAs }: { actAs(user: string): void },
): PageActions {
  return {
    goTo: (place) => goTo(place),
    actAs,
    run: async (channel, text) => {
      const outcome = await sendCommand({ as: store.state.as, channel, text });
      inBackground(Promise.all([reader.messages(channel), reader.views()]));
      return reasonOf(outcome);
    },
    click: (surface, action) => click(surface, action, { store, reader }),
    suggest: (surface, { actionId, blockId, typed }) =>
      askForOptions({
        as: store.state.as,
        ...placeOf(surface),
        action_id: actionId,
        block_id: blockId,
        value: typed,
      }),
    useShortcut: async (callbackId, message) => {
      tellFailure(await useShortcut({ as: store.state.as, callback_id: callbackId, ...message }));
      await Promise.all([reader.views(), reader.home()]);
    },
    submit: (view, values) => submit(view, values, { store, reader }),
    close: async (view) => {
      tellFailure(await closeView({ as: store.state.as, view_id: view }));
      await reader.views();
    },
    setLoad: async ({ name, environment }, requestsPerSecond) => {
      tellFailure(await setLoad({ service: name, environment, requestsPerSecond }));
    },
    ...createTroubleActions(store, reader),
  };
}

/** Tells Forge that the acting user looks at their home, as opening it in Slack does. */
export async function visitHome(store: Store, reader: WorkspaceReader): Promise<void> {
  tellFailure(await openHome(store.state.as));
  await reader.home();
}

function goTo(place: Place): void {
  const hash = placeHash(place);
  if (location.hash !== hash) location.hash = hash;
}

type World = { store: Store; reader: WorkspaceReader };

async function click(surface: Surface, action: Action, { store, reader }: World): Promise<boolean> {
  const { as, names } = store.state;
  const text = { names, me: as };
  const request = clickRequest(as, surface, action);
  if (action.confirm !== undefined && !(await askToConfirm(action.confirm, text))) return false;
  let outcome = await sendClick(action.confirm === undefined ? request : { ...request, confirmed: true });
  // The button may have gained a question since it was drawn.
  if (outcome.kind === 'needs-confirmation') {
    if (!(await askToConfirm(outcome.confirm, text))) return false;
    outcome = await sendClick({ ...request, confirmed: true });
  }
  await readSurface(surface, reader);
  tellFailure(outcome);
  return outcome.kind === 'acked';
}

function clickRequest(as: string, surface: Surface, action: Action): Click {
  const values = action.values === undefined ? {} : { values: action.values };
  return {
    as,
    ...placeOf(surface),
    action_id: action.actionId,
    block_id: action.blockId,
    value: action.value,
    ...values,
  };
}

function placeOf(surface: Surface): { channel: string; ts: string } | { view_id: string } {
  return surface.kind === 'message' ? { channel: surface.channel, ts: surface.ts } : { view_id: surface.id };
}

async function readSurface(surface: Surface, reader: WorkspaceReader): Promise<void> {
  const own = surface.kind === 'message' ? reader.messages(surface.channel) : reader.home();
  await Promise.all([own, reader.views()]);
}

async function submit(
  view: string,
  values: FormValues,
  { store, reader }: World,
): Promise<Record<string, string>> {
  const outcome = await submitView({ as: store.state.as, view_id: view, values });
  await reader.views();
  if (outcome.kind === 'refused') return outcome.errors;
  const isStillOpen = store.state.views.some(({ id }) => id === view);
  // A trouble line of the view itself says it already.
  const isToldInView = store.state.views.some(({ id, warning }) => id === view && warning !== undefined);
  const reason = reasonOf(outcome);
  if (reason === undefined || isToldInView) return {};
  if (isStillOpen) return { '': reason };
  notify(reason);
  return {};
}

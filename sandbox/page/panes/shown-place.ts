import type { PageState } from '../page-state.ts';
import type { Place } from '../place.ts';
import { visibleChannels } from './sidebar.ts';

/** What the main pane holds: the bare address stands for the channel list, with the first channel beside it. */
export function shownPlace(state: PageState): Place {
  const { place } = state;
  const first = visibleChannels(state)[0] ?? state.workspace.channels[0];
  if (place.kind !== 'list' || first === undefined) return place;
  return { kind: 'channel', name: first.name, side: { kind: 'none' } };
}

/** The channel that somebody has before their eyes: on a phone the list hides the channel beside it. */
export function channelInSight(state: PageState): string | undefined {
  const isCovered = state.place.kind === 'list' && matchMedia('(width <= 720px)').matches;
  const place = shownPlace(state);
  if (isCovered || place.kind !== 'channel' || document.visibilityState !== 'visible') return undefined;
  return place.name;
}

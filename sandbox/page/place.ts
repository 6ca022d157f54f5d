/** Where the person is in the page; it lives in the address, so that "back" works and a place can be bookmarked. */
export type Place = { kind: 'list' } | { kind: 'home' } | { kind: 'channel'; name: string; side: Side };
/** What stands beside the channel. */
export type Side =
  | { kind: 'none' }
  | { kind: 'services' }
  | { kind: 'faults' }
  | { kind: 'thread'; ts: string };

export function parsePlace(hash: string): Place {
  const [kind, name = '', side, ts = ''] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (kind === 'home') return { kind: 'home' };
  if (kind !== 'channel' || name === '') return { kind: 'list' };
  if (side === 'services' || side === 'faults') return { kind: 'channel', name, side: { kind: side } };
  if (side === 'thread' && ts !== '') return { kind: 'channel', name, side: { kind: 'thread', ts } };
  return { kind: 'channel', name, side: { kind: 'none' } };
}

export function placeHash(place: Place): string {
  switch (place.kind) {
    case 'list':
      return '#/';
    case 'home':
      return '#/home';
    case 'channel':
      return `#/channel/${encodeURIComponent(place.name)}${sideHash(place.side)}`;
  }
}

function sideHash(side: Side): string {
  switch (side.kind) {
    case 'none':
      return '';
    case 'services':
      return '/services';
    case 'faults':
      return '/faults';
    case 'thread':
      return `/thread/${encodeURIComponent(side.ts)}`;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A hand-written address with a stray "%": take it as it stands.
    return part;
  }
}

import type { Post } from '../../src/ports/store.ts';
import type { Asking } from './askings.ts';

/** A direct message that asks one person what an event of a deployment asks. */
export function directPost(
  deployment: number,
  { event, for: asks }: Asking,
  person: string,
): Pick<Post, 'id' | 'deployment' | 'event' | 'channel'> {
  const what = asks === 'vote' ? '' : `${asks}/`;
  return { id: `${deployment}/${event}/${what}${person}`, deployment, event, channel: person };
}

const DIRECT = /^\d+\/\d+\/(?<consent>consent\/)?(?<person>[A-Z0-9]+)$/u;

/** Whom a direct message asks for what; undefined: it is something else. Its channel becomes that of the conversation once it is sent. */
export function askedBy(id: string): { person: string; for: Asking['for'] } | undefined {
  const { person, consent } = DIRECT.exec(id)?.groups ?? {};
  if (person === undefined) return undefined;
  return { person, for: consent === undefined ? 'vote' : 'consent' };
}

export function isDirect(id: string): boolean {
  return askedBy(id) !== undefined;
}

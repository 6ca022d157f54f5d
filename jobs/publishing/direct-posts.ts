import type { Post } from '../../src/ports/store.ts';

/** A direct message that asks one person what an event of a deployment asks. */
export function directPost(
  { number, event }: { number: number; event: number },
  person: string,
): Pick<Post, 'id' | 'deployment' | 'event' | 'channel'> {
  return { id: `${number}/${event}/${person}`, deployment: number, event, channel: person };
}

const DIRECT = /^\d+\/\d+\/(?<person>[A-Z0-9]+)$/u;

/** Whom a direct message asks; undefined: it is something else. Its channel becomes that of the conversation once it is sent. */
export function personOf(id: string): string | undefined {
  return DIRECT.exec(id)?.groups?.person;
}

export function isDirect(id: string): boolean {
  return personOf(id) !== undefined;
}

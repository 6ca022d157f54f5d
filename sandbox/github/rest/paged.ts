import type { Call } from './route.ts';

const USUAL = 30;
const MOST = 100;

export type Page<Item> = { items: Item[]; headers: Record<string, string> };

/** The part of a list that was asked for, and where the others are. */
export function paged<Item>(call: Call, all: readonly Item[]): Page<Item> {
  const size = Math.min(MOST, positive(call.query.get('per_page')) ?? USUAL);
  const page = positive(call.query.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const links: string[] = [];
  const add = (number: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    links.push(`<${call.address}?${query}>; rel="${rel}"`);
  };
  if (page > 1) add(page - 1, 'prev');
  if (page < last) add(page + 1, 'next');
  if (page < last) add(last, 'last');
  if (page > 1) add(1, 'first');
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** What somebody says a change does: before → after. */
export type Impact = { what: string; before: string; after: string };

const TRAILER = /^impact:\s*(.+)$/iu;
const ARROW = /\s*(?:->|→)\s*/u;
const MOST = 10;

/** What the trailers `Impact: [what:] before -> after` of commit messages say, the first one said first. */
export function impactsIn(messages: readonly string[]): Impact[] {
  const found = messages.flatMap((message) => message.split('\n').flatMap((line) => impactOf(line.trim())));
  const seen = new Set<string>();
  return found
    .filter((impact) => {
      const key = JSON.stringify(impact);
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, MOST);
}

function impactOf(line: string): Impact[] {
  const said = TRAILER.exec(line)?.[1];
  if (said === undefined) return [];
  const [from = '', to, more] = said.split(ARROW);
  if (to === undefined || more !== undefined || to === '') return [];
  const colon = from.indexOf(':');
  const what = colon === -1 ? '' : from.slice(0, colon).trim();
  const before = colon === -1 ? from.trim() : from.slice(colon + 1).trim();
  return before === '' ? [] : [{ what, before, after: to.trim() }];
}

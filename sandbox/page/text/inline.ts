/** Formatted text as a tree, whatever notation it was written in. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike' | 'underline'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; children: Inline[] }
  | { kind: 'user' | 'channel' | 'group'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; timestamp: number; format: string; fallback: string; url?: string }
  | { kind: 'emoji'; name: string };

type Mark = { marker: string; kind: 'bold' | 'italic' | 'strike' };

/** Recognises one thing that starts exactly at `at`; `end` is the index after it. */
export type Matcher = (text: string, at: number) => { node: Inline; end: number } | undefined;

/** What one notation understands. `decode` turns its escapes into characters and is applied to plain text only. */
export type Dialect = {
  marks: readonly Mark[];
  matchers: readonly Matcher[];
  decode(text: string): string;
};

export function parseInline(text: string, dialect: Dialect): Inline[] {
  const nodes: Inline[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = matchAt(text, at, dialect) ?? markedAt(text, at, dialect);
    if (found === undefined) {
      at += 1;
      continue;
    }
    pushText(nodes, dialect.decode(text.slice(plainFrom, at)));
    nodes.push(found.node);
    at = found.end;
    plainFrom = at;
  }
  pushText(nodes, dialect.decode(text.slice(plainFrom)));
  return nodes;
}

/** What a reader sees of the text, without any formatting: for previews and accessible names. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes.map(plainTextOf).join('');
}

/** Only web and mail addresses become links: anything else (`javascript:`) stays text. */
export function isSafeUrl(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url);
}

function plainTextOf(node: Inline): string {
  switch (node.kind) {
    case 'text':
    case 'code':
      return node.text;
    case 'bold':
    case 'italic':
    case 'strike':
    case 'underline':
    case 'link':
      return plainText(node.children);
    case 'user':
      return `@${node.label ?? node.id}`;
    case 'channel':
      return `#${node.label ?? node.id}`;
    case 'group':
      return `@${node.label ?? node.id}`;
    case 'broadcast':
      return `@${node.range}`;
    case 'date':
      return node.fallback;
    case 'emoji':
      return `:${node.name}:`;
  }
}

function pushText(nodes: Inline[], text: string): void {
  if (text !== '') nodes.push({ kind: 'text', text });
}

function matchAt(text: string, at: number, dialect: Dialect): ReturnType<Matcher> {
  for (const matcher of dialect.matchers) {
    const found = matcher(text, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function markedAt(text: string, at: number, dialect: Dialect): ReturnType<Matcher> {
  for (const mark of dialect.marks) {
    if (!opens(text, at, mark.marker)) continue;
    const start = at + mark.marker.length;
    const close = closingIndex(text, start, mark.marker, dialect);
    if (close === undefined) continue;
    const children = parseInline(text.slice(start, close), dialect);
    return { node: { kind: mark.kind, children }, end: close + mark.marker.length };
  }
  return undefined;
}

// A marker formats only at the edge of a word, as Slack does: `snake_case_name` and `2*3*4` stay as they are.
function opens(text: string, at: number, marker: string): boolean {
  if (!text.startsWith(marker, at)) return false;
  const next = text.charAt(at + marker.length);
  return (
    !isWordCharacter(text.charAt(at - 1)) && next !== '' && !/\s/.test(next) && next !== marker.charAt(0)
  );
}

function closingIndex(text: string, start: number, marker: string, dialect: Dialect): number | undefined {
  let at = start;
  while (at < text.length && text.charAt(at) !== '\n') {
    const inside = matchAt(text, at, dialect);
    if (inside !== undefined) {
      at = inside.end;
      continue;
    }
    if (at > start && closes(text, at, marker)) return at;
    at += 1;
  }
  return undefined;
}

function closes(text: string, at: number, marker: string): boolean {
  if (!text.startsWith(marker, at) || /\s/.test(text.charAt(at - 1))) return false;
  const next = text.charAt(at + marker.length);
  return !isWordCharacter(next) && next !== marker.charAt(0);
}

function isWordCharacter(character: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(character);
}

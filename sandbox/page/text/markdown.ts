import type { Dialect, Inline, Matcher } from './inline.ts';
import { isSafeUrl, parseInline } from './inline.ts';

/** A paragraph of a `markdown` block: the common subset of Markdown that Slack translates. */
export type MarkdownPart =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: { indent: number; children: Inline[] }[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'preformatted'; text: string }
  | { kind: 'rule' };

export function parseMarkdown(source: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  const lines = source.split('\n');
  let at = 0;
  while (at < lines.length) {
    const { part, end } = partAt(lines, at);
    if (part !== undefined) parts.push(part);
    at = end;
  }
  return parts;
}

function partAt(lines: readonly string[], at: number): { part?: MarkdownPart; end: number } {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { end: at + 1 };
  if (line.startsWith('```')) return fencedPart(lines, at);
  const heading = /^(#{1,6}) +(.*)$/.exec(line);
  if (heading !== null) {
    const children = inlineOf(heading[2] ?? '');
    return { part: { kind: 'heading', level: (heading[1] ?? '').length, children }, end: at + 1 };
  }
  if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return { part: { kind: 'rule' }, end: at + 1 };
  if (LIST_ITEM.test(line)) return listPart(lines, at);
  return paragraphPart(lines, at);
}

const LIST_ITEM = /^( *)(?:([-*+])|(\d+)[.)]) +(.*)$/;

function fencedPart(lines: readonly string[], at: number): { part: MarkdownPart; end: number } {
  const rest = lines.slice(at + 1);
  const close = rest.findIndex((line) => line.startsWith('```'));
  const length = close === -1 ? rest.length : close;
  return { part: { kind: 'preformatted', text: rest.slice(0, length).join('\n') }, end: at + length + 2 };
}

function listPart(lines: readonly string[], at: number): { part: MarkdownPart; end: number } {
  const items: { indent: number; children: Inline[] }[] = [];
  const isOrdered = LIST_ITEM.exec(lines[at] ?? '')?.[3] !== undefined;
  let end = at;
  for (const line of lines.slice(at)) {
    const item = LIST_ITEM.exec(line);
    if (item === null) break;
    items.push({ indent: Math.floor((item[1] ?? '').length / 2), children: inlineOf(item[4] ?? '') });
    end += 1;
  }
  return { part: { kind: 'list', isOrdered, items }, end };
}

function paragraphPart(lines: readonly string[], at: number): { part: MarkdownPart; end: number } {
  const isQuote = lines[at]?.startsWith('>') === true;
  const own: string[] = [];
  for (const line of lines.slice(at)) {
    const startsAnother = /^(?:```|#{1,6} )/.test(line) || (own.length > 0 && LIST_ITEM.test(line));
    if (line.trim() === '' || startsAnother || line.startsWith('>') !== isQuote) break;
    own.push(isQuote ? line.replace(/^> ?/, '') : line);
  }
  const children = inlineOf(own.join('\n'));
  return { part: { kind: isQuote ? 'quote' : 'paragraph', children }, end: at + Math.max(1, own.length) };
}

function inlineOf(text: string): Inline[] {
  return parseInline(text, MARKDOWN);
}

const matchCode: Matcher = (text, at) => {
  const found = stickyMatch(/`([^`\n]+)`/y, text, at);
  return found && { node: { kind: 'code', text: found[1] ?? '' }, end: at + found[0].length };
};

const matchLink: Matcher = (text, at) => {
  const found = stickyMatch(/\[([^\]\n]+)\]\(([^()\s]+)\)/y, text, at);
  const url = found?.[2];
  if (found === undefined || url === undefined || !isSafeUrl(url)) return undefined;
  return { node: { kind: 'link', url, children: inlineOf(found[1] ?? '') }, end: at + found[0].length };
};

const matchUser: Matcher = (text, at) => {
  const found = stickyMatch(/<@([UW][A-Z0-9]+)>/y, text, at);
  return found && { node: { kind: 'user', id: found[1] ?? '' }, end: at + found[0].length };
};

const matchEmoji: Matcher = (text, at) => {
  const found = stickyMatch(/:([a-z0-9_+'-]+):/y, text, at);
  return found && { node: { kind: 'emoji', name: found[1] ?? '' }, end: at + found[0].length };
};

function stickyMatch(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const MARKDOWN: Dialect = {
  marks: [
    { marker: '**', kind: 'bold' },
    { marker: '__', kind: 'bold' },
    { marker: '~~', kind: 'strike' },
    { marker: '*', kind: 'italic' },
    { marker: '_', kind: 'italic' },
  ],
  matchers: [matchCode, matchLink, matchUser, matchEmoji],
  decode: (text) => text.replace(/\\([\\`*_{}[\]()#+.!>~-])/g, '$1'),
};

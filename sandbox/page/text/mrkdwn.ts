import { decodeEntities } from './entities.ts';
import type { Dialect, Inline, Matcher } from './inline.ts';
import { isSafeUrl, parseInline } from './inline.ts';

/** A paragraph of Slack's mrkdwn. Line breaks inside `children` are kept as `\n`. */
export type MrkdwnPart =
  | { kind: 'text'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'preformatted'; text: string };

/** Slack's own notation (`*bold*`, `<url|label>`, `<@U1>`), of `mrkdwn` text objects and of a message's `text`. */
export function parseMrkdwn(source: string, { verbatim }: { verbatim: boolean }): MrkdwnPart[] {
  const dialect = verbatim ? VERBATIM : MRKDWN;
  const parts: MrkdwnPart[] = [];
  for (const [index, piece] of source.split(FENCED).entries()) {
    // Splitting by a pattern with a group puts what the group matched at the odd places.
    const isPreformatted = index % 2 === 1;
    if (isPreformatted) parts.push({ kind: 'preformatted', text: preformattedText(piece) });
    else parts.push(...textParts(index === 0 ? piece : piece.replace(/^[ \t]*\n/, ''), dialect));
  }
  return parts;
}

const FENCED = /```([\s\S]+?)```/;

/** A plain_text object: never formatted; `:name:` becomes an emoji only where the object allows it. */
export function parsePlainText(source: string, { emoji }: { emoji: boolean }): Inline[] {
  const matchers = emoji ? [matchEmoji] : [];
  return parseInline(source, { marks: [], matchers, decode: (text) => text });
}

function preformattedText(piece: string): string {
  const withLabels = piece.replace(
    /<([^<>|\s]+)(?:\|([^<>]*))?>/g,
    (_, url: string, label?: string) => label ?? url,
  );
  return decodeEntities(withLabels).replace(/^\n/, '').replace(/\n$/, '');
}

function textParts(source: string, dialect: Dialect): MrkdwnPart[] {
  const parts: MrkdwnPart[] = [];
  for (const run of quoteRuns(source)) {
    const text = run.lines.join('\n');
    if (text.trim() === '') continue;
    parts.push({ kind: run.isQuote ? 'quote' : 'text', children: parseInline(text, dialect) });
  }
  return parts;
}

function quoteRuns(source: string): { isQuote: boolean; lines: string[] }[] {
  const runs: { isQuote: boolean; lines: string[] }[] = [];
  let isQuotedToTheEnd = false;
  for (const line of source.split('\n')) {
    const toTheEnd = /^(?:>|&gt;){3}/.exec(line);
    isQuotedToTheEnd ||= toTheEnd !== null;
    const marker = toTheEnd ?? /^(?:>|&gt;) ?/.exec(line);
    const isQuote = marker !== null || isQuotedToTheEnd;
    const text = line.slice(marker?.[0].length ?? 0);
    const current = runs.at(-1);
    if (current?.isQuote === isQuote) current.lines.push(text);
    else runs.push({ isQuote, lines: [text] });
  }
  return runs;
}

const matchCode: Matcher = (text, at) => {
  const found = stickyMatch(/`([^`\n]+)`/y, text, at);
  if (found === undefined) return undefined;
  return { node: { kind: 'code', text: decodeEntities(found.groups[1] ?? '') }, end: found.end };
};

const matchEmoji: Matcher = (text, at) => {
  const found = stickyMatch(/:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/y, text, at);
  if (found === undefined) return undefined;
  return { node: { kind: 'emoji', name: found.groups[1] ?? '' }, end: found.end };
};

const matchBareUrl: Matcher = (text, at) => {
  if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return undefined;
  const found = stickyMatch(/https?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?)\]'"*_~]/y, text, at);
  if (found === undefined) return undefined;
  const url = decodeEntities(found.groups[0] ?? '');
  return { node: { kind: 'link', url, children: [{ kind: 'text', text: url }] }, end: found.end };
};

const matchAngle: Matcher = (text, at) => {
  const found = stickyMatch(/<([^<>\n|]+)(?:\|([^<>\n]*))?>/y, text, at);
  if (found === undefined) return undefined;
  const node = angleNode(found.groups[1] ?? '', found.groups[2]);
  return node === undefined ? undefined : { node, end: found.end };
};

function angleNode(target: string, rawLabel: string | undefined): Inline | undefined {
  const label = rawLabel === undefined || rawLabel === '' ? {} : { label: decodeEntities(rawLabel) };
  if (/^@[UWB][A-Z0-9]+$/.test(target)) return { kind: 'user', id: target.slice(1), ...label };
  if (/^#[CDG][A-Z0-9]+$/.test(target)) return { kind: 'channel', id: target.slice(1), ...label };
  if (/^!subteam\^[A-Z0-9]+$/.test(target)) return { kind: 'group', id: target.slice(9), ...label };
  if (/^!(?:here|channel|everyone)$/.test(target)) return { kind: 'broadcast', range: target.slice(1) };
  if (target.startsWith('!date^')) return dateNode(target, label.label);
  const url = decodeEntities(target);
  if (!isSafeUrl(url)) return undefined;
  const shown = label.label ?? url.replace(/^mailto:/i, '');
  return { kind: 'link', url, children: parsePlainText(shown, { emoji: true }) };
}

function dateNode(target: string, label: string | undefined): Inline | undefined {
  const [, seconds = '', format, link] = target.split('^');
  if (!/^\d{1,12}$/.test(seconds) || format === undefined) return undefined;
  const url = link === undefined ? undefined : decodeEntities(link);
  return {
    kind: 'date',
    timestamp: Number(seconds),
    format: decodeEntities(format),
    fallback: label ?? '',
    ...(url !== undefined && isSafeUrl(url) ? { url } : {}),
  };
}

function stickyMatch(
  pattern: RegExp,
  text: string,
  at: number,
): { groups: (string | undefined)[]; end: number } | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { groups: [...found], end: pattern.lastIndex };
}

const VERBATIM: Dialect = {
  marks: [
    { marker: '*', kind: 'bold' },
    { marker: '_', kind: 'italic' },
    { marker: '~', kind: 'strike' },
  ],
  matchers: [matchCode, matchAngle, matchEmoji],
  decode: decodeEntities,
};

const MRKDWN: Dialect = { ...VERBATIM, matchers: [...VERBATIM.matchers, matchBareUrl] };

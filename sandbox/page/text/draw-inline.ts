import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { formatDate } from './dates.ts';
import { emojiCharacter, emojiPicture } from './emoji.ts';
import type { Inline } from './inline.ts';

export type TextContext = Pick<BlockContext, 'names' | 'me'>;

export function drawInline(nodes: readonly Inline[], context: TextContext): Node[] {
  return nodes.map((node) => drawNode(node, context));
}

/** Dates such as "3 minutes ago" and "today" age: draws those under `root` again. */
export function refreshDates(root: ParentNode): void {
  for (const time of root.querySelectorAll('time[data-format]')) {
    const timestamp = Number(time.getAttribute('data-timestamp'));
    const text = formatDate(timestamp, time.getAttribute('data-format') ?? '', { now: new Date() });
    if (text !== undefined && time.textContent !== text) time.textContent = text;
  }
}

function drawNode(node: Inline, context: TextContext): Node {
  switch (node.kind) {
    case 'text':
      return document.createTextNode(node.text);
    case 'bold':
      return element('strong', {}, drawInline(node.children, context));
    case 'italic':
      return element('em', {}, drawInline(node.children, context));
    case 'strike':
      return element('s', {}, drawInline(node.children, context));
    case 'underline':
      return element('u', {}, drawInline(node.children, context));
    case 'code':
      return element('code', {}, [node.text]);
    case 'link':
      return drawLink(node.url, drawInline(node.children, context));
    case 'user':
      return drawMention(`@${node.label ?? context.names.user(node.id)}`, { isMe: node.id === context.me });
    case 'channel':
      return drawMention(`#${node.label ?? context.names.channel(node.id)}`, { isMe: false });
    case 'group':
      return drawMention(`@${(node.label ?? context.names.group(node.id)).replace(/^@/, '')}`, {
        isMe: false,
      });
    case 'broadcast':
      return drawMention(`@${node.range}`, { isMe: true });
    case 'date':
      return drawDate(node);
    case 'emoji':
      return drawEmoji(node.name);
  }
}

function drawLink(url: string, children: Node[]): Node {
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, children);
}

function drawMention(text: string, { isMe }: { isMe: boolean }): Node {
  return element('span', { class: isMe ? 'mention mention-me' : 'mention' }, [text]);
}

function drawDate(node: Extract<Inline, { kind: 'date' }>): Node {
  const text = formatDate(node.timestamp, node.format, { now: new Date() });
  if (text === undefined) return document.createTextNode(node.fallback || node.format);
  const attributes = {
    datetime: new Date(node.timestamp * 1000).toISOString(),
    title: node.fallback,
    'data-timestamp': node.timestamp,
    'data-format': node.format,
  };
  const time = element('time', attributes, [text]);
  return node.url === undefined ? time : drawLink(node.url, [time]);
}

function drawEmoji(name: string): Node {
  const label = name.replaceAll('_', ' ');
  const picture = emojiPicture(name);
  if (picture !== undefined)
    return element('img', { class: 'emoji', src: picture, alt: label, title: `:${name}:` });
  const character = emojiCharacter(name);
  if (character === undefined) return document.createTextNode(`:${name}:`);
  return element('span', { class: 'emoji', role: 'img', 'aria-label': label, title: `:${name}:` }, [
    character,
  ]);
}

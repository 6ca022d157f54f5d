import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asNumber, asObject, asObjects, asText, textOrNothing } from '../json.ts';
import type { TextContext } from '../text/draw-inline.ts';
import { drawInline } from '../text/draw-inline.ts';
import type { Inline } from '../text/inline.ts';
import { isSafeUrl, plainText } from '../text/inline.ts';

export function drawRichText(block: Json, context: TextContext): HTMLElement {
  return element(
    'div',
    { class: 'rich-text' },
    asObjects(block.elements).map((part) => drawPart(part, context)),
  );
}

function drawPart(part: Json, context: TextContext): Child {
  switch (part.type) {
    case 'rich_text_section':
      return element('div', { class: 'text' }, drawInline(richInline(part), context));
    case 'rich_text_list':
      return drawList(part, context);
    case 'rich_text_quote':
      return element('blockquote', { class: 'text' }, drawInline(richInline(part), context));
    case 'rich_text_preformatted':
      return element('pre', { tabindex: 0 }, [plainText(richInline(part))]);
    default:
      return element('div', { class: 'unsupported' }, [`unsupported rich text: ${asText(part.type)}`]);
  }
}

function drawList(part: Json, context: TextContext): HTMLElement {
  const items = asObjects(part.elements).map((item) =>
    element('li', {}, drawInline(richInline(item), context)),
  );
  const indent = Math.min(8, asNumber(part.indent));
  const attributes = { class: `list indent-${indent}` };
  if (part.style !== 'ordered') return element('ul', attributes, items);
  return element('ol', { ...attributes, start: asNumber(part.offset) + 1 }, items);
}

function richInline(part: Json): Inline[] {
  return asObjects(part.elements).map((piece) => styled(inlineOf(piece), asObject(piece.style)));
}

function inlineOf(piece: Json): Inline {
  switch (piece.type) {
    case 'text':
      return { kind: 'text', text: asText(piece.text) };
    case 'user':
      return { kind: 'user', id: asText(piece.user_id) };
    case 'channel':
      return { kind: 'channel', id: asText(piece.channel_id) };
    case 'usergroup':
      return { kind: 'group', id: asText(piece.usergroup_id) };
    case 'broadcast':
      return { kind: 'broadcast', range: asText(piece.range) };
    case 'emoji':
      return { kind: 'emoji', name: asText(piece.name) };
    case 'link':
      return linkOf(asText(piece.url), textOrNothing(piece.text));
    case 'date':
      return dateOf(piece);
    default:
      return { kind: 'text', text: asText(piece.text) || `[${asText(piece.type)}]` };
  }
}

function linkOf(url: string, label: string | undefined): Inline {
  const text: Inline = { kind: 'text', text: label ?? url };
  return isSafeUrl(url) ? { kind: 'link', url, children: [text] } : text;
}

function dateOf(piece: Json): Inline {
  const url = asText(piece.url);
  return {
    kind: 'date',
    timestamp: asNumber(piece.timestamp),
    format: asText(piece.format),
    fallback: asText(piece.fallback),
    ...(isSafeUrl(url) ? { url } : {}),
  };
}

function styled(node: Inline, style: Json): Inline {
  const isCode = style.code === true && node.kind === 'text';
  let result: Inline = isCode ? { kind: 'code', text: node.text } : node;
  for (const kind of ['bold', 'italic', 'strike', 'underline'] as const) {
    if (style[kind] === true) result = { kind, children: [result] };
  }
  return result;
}

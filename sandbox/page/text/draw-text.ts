import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { TextContext } from './draw-inline.ts';
import { drawInline } from './draw-inline.ts';
import type { MrkdwnPart } from './mrkdwn.ts';
import { parseMrkdwn, parsePlainText } from './mrkdwn.ts';

/** A text object of Block Kit (`plain_text` or `mrkdwn`) as paragraphs. */
export function drawText(value: unknown, context: TextContext): Node[] {
  const object = asObject(value);
  if (object.type === 'mrkdwn') {
    return drawMrkdwn(asText(object.text), context, { verbatim: object.verbatim === true });
  }
  return [element('div', { class: 'text' }, drawPlain(value, context))];
}

/** A `plain_text` object inside a line; a bare string counts as one, as in a plan's title. */
export function drawPlain(value: unknown, context: TextContext): Node[] {
  const object = plainObject(value);
  // Slack turns a missing `emoji` into true when it stores a plain_text object.
  const inline = parsePlainText(asText(object.text), { emoji: object.emoji !== false });
  return drawInline(inline, context);
}

/** The words of a text object, for labels and options that can hold no markup. */
export function textOf(value: unknown): string {
  return asText(plainObject(value).text);
}

export function drawMrkdwn(
  source: string,
  context: TextContext,
  { verbatim }: { verbatim: boolean },
): Node[] {
  return parseMrkdwn(source, { verbatim }).map((part) => drawPart(part, context));
}

function drawPart(part: MrkdwnPart, context: TextContext): Node {
  switch (part.kind) {
    case 'text':
      return element('div', { class: 'text' }, drawInline(part.children, context));
    case 'quote':
      return element('blockquote', { class: 'text' }, drawInline(part.children, context));
    case 'preformatted':
      return element('pre', { tabindex: 0 }, [part.text]);
  }
}

function plainObject(value: unknown): Json {
  return typeof value === 'string' ? { text: value, emoji: false } : asObject(value);
}

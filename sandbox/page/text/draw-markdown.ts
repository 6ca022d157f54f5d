import { element } from '../dom/element.ts';
import type { TextContext } from './draw-inline.ts';
import { drawInline } from './draw-inline.ts';
import type { MarkdownPart } from './markdown.ts';
import { parseMarkdown } from './markdown.ts';

export function drawMarkdown(source: string, context: TextContext): HTMLElement {
  const parts = parseMarkdown(source).map((part) => drawPart(part, context));
  return element('div', { class: 'rich-text' }, parts);
}

function drawPart(part: MarkdownPart, context: TextContext): HTMLElement {
  switch (part.kind) {
    case 'paragraph':
      return element('div', { class: 'text' }, drawInline(part.children, context));
    case 'heading':
      return element('h4', { class: `heading-${part.level}` }, drawInline(part.children, context));
    case 'quote':
      return element('blockquote', { class: 'text' }, drawInline(part.children, context));
    case 'preformatted':
      return element('pre', { tabindex: 0 }, [part.text]);
    case 'rule':
      return element('hr');
    case 'list': {
      const items = part.items.map(({ indent, children }) =>
        element('li', { class: `indent-${Math.min(8, indent)}` }, drawInline(children, context)),
      );
      return element(part.isOrdered ? 'ol' : 'ul', { class: 'list' }, items);
    }
  }
}

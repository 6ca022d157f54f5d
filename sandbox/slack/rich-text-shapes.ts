import { LIMITS } from './limits.ts';
import { bool, integer, list, object, oneOf, type Shape, text, typed } from './shape.ts';

const style = object({}, { bold: bool, italic: bool, strike: bool, code: bool, underline: bool });

function inline(type: string, required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape {
  return object({ type: oneOf(type), ...required }, { style, ...optional });
}

const textElement = inline('text', { text: text() });
const linkElement = inline('link', { url: text() }, { text: text({ min: 0 }), unsafe: bool });

const INLINE = {
  text: textElement,
  link: linkElement,
  user: inline('user', { user_id: text() }),
  usergroup: inline('usergroup', { usergroup_id: text() }),
  channel: inline('channel', { channel_id: text() }),
  team: inline('team', { team_id: text() }),
  emoji: inline('emoji', { name: text() }, { unicode: text(), url: text() }),
  date: inline('date', { timestamp: integer(), format: text() }, { fallback: text(), url: text() }),
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  color: inline('color', { value: text() }),
};

const inlines = list(typed(() => INLINE));
const border = oneOf(0, 1);
const section = object({ type: oneOf('rich_text_section'), elements: inlines });

const CONTAINERS = {
  rich_text_section: section,
  rich_text_list: object(
    { type: oneOf('rich_text_list'), elements: list(section), style: oneOf('bullet', 'ordered') },
    { indent: integer({ min: 0, max: 8 }), offset: integer({ min: 0 }), border },
  ),
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: inlines }, { border }),
  rich_text_preformatted: object(
    {
      type: oneOf('rich_text_preformatted'),
      elements: list(typed(() => ({ text: textElement, link: linkElement }))),
    },
    { border, language: text() },
  ),
};

export const richText = object(
  { type: oneOf('rich_text'), elements: list(typed(() => CONTAINERS)) },
  { block_id: text({ max: LIMITS.blockId }) },
);

import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  RichTextBlock,
  SectionBlock,
} from '@slack/types';
import { LIMITS } from './limits.ts';
import { cleaned, oneLine, shortened, shortenedMarkup } from './text.ts';

/** `text` is plain: it is not parsed, so it is not escaped. */
export function header(text: string): HeaderBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: shortened(oneLine(text), LIMITS.header), emoji: true },
  };
}

/** `text` is mrkdwn with foreign parts already escaped. */
export function section(text: string): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: shortenedMarkup(text, LIMITS.sectionText), verbatim: true },
  };
}

/** Pairs of a name and mrkdwn, two in a row. */
export function fields(pairs: readonly (readonly [string, string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, LIMITS.sectionFields).map(([name, text]) => ({
      type: 'mrkdwn',
      text: shortenedMarkup(`*${name}*\n${text}`, LIMITS.sectionField),
      verbatim: true,
    })),
  };
}

export function context(text: string): ContextBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: shortenedMarkup(text, LIMITS.contextText), verbatim: true }],
  };
}

export function actions(elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

export type ButtonContent = {
  /** Name of the command the button stands for. */
  command: string;
  text: string;
  /** The command's input, as JSON. */
  value: unknown;
  style?: 'primary' | 'danger';
  confirm?: { title: string; text: string; yes: string; no: string };
};

/** A button is a typed command: its action id names the command and its value is the command's input. */
export function button({ command, text, value, style, confirm }: ButtonContent): Button {
  return {
    type: 'button',
    action_id: command,
    text: { type: 'plain_text', text: shortened(oneLine(text), LIMITS.buttonText), emoji: true },
    value: JSON.stringify(value),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: dialog(confirm, style) }),
  };
}

function dialog(
  { title, text, yes, no }: NonNullable<ButtonContent['confirm']>,
  style: ButtonContent['style'],
): ConfirmationDialog {
  return {
    title: { type: 'plain_text', text: shortened(oneLine(title), LIMITS.confirmTitle) },
    text: { type: 'plain_text', text: shortened(oneLine(text), LIMITS.confirmText) },
    confirm: { type: 'plain_text', text: shortened(oneLine(yes), LIMITS.confirmButton) },
    deny: { type: 'plain_text', text: shortened(oneLine(no), LIMITS.confirmButton) },
    ...(style === undefined ? {} : { style }),
  };
}

/** One paragraph of plain text as rich text: nothing in it is parsed. */
export function paragraph(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: cleaned(text) }] }],
  };
}

/** A message of one mrkdwn text. */
export function plainMessage(text: string): { text: string; blocks: KnownBlock[] } {
  return { text: shortenedMarkup(text, LIMITS.messageText), blocks: [section(text)] };
}

/** Characters of all text that people read in blocks; Slack takes only so many in one message. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let characters = 0;
  for (const [name, inner] of Object.entries(value)) {
    const isRead = typeof inner === 'string' && (name === 'text' || name === 'title');
    characters += isRead ? inner.length : textLength(inner);
  }
  return characters;
}

import { blockErrors, hasTooMuchText } from '../../sandbox/slack/validate.ts';
import type { Message } from '../../src/ports/chat.ts';

/** Everything Slack or a reader could object to in a message, in words; empty where nothing is wrong. */
export function objections({ text, blocks }: Message, workspace: { newBlocks: boolean }): string[] {
  return [
    ...blockErrors(blocks, { ...workspace, scopes: [] }),
    ...(hasTooMuchText(blocks) ? ['too much text for Slack'] : []),
    ...(/[\p{L}\p{N}]/u.test(text) ? [] : ['no words for notifications']),
    ...(text.length > 4000 ? [`${text.length} characters of text`] : []),
    ...[text, ...markupIn(blocks)].flatMap(foreignMarkup),
  ];
}

/** Markup of ours: mentions of the people, the group and the channel of the builders, links to its repository, dates and quotations. Anything else that opens one is foreign. */
const OURS =
  /<@U0(?:MAYA|SAM)>|<!subteam\^S0ONCALL>|<#C0DEPLOYS>|<https:\/\/github\.com\/acme\/checkout\/[\w/-]+\|(?:the run on GitHub|all of it)>|<!date\^\d+\^(?:\{date_short_pretty\} \{time\}|\{time_secs\})\|[0-9: -]+ UTC>|^> /gm;

/** What in mrkdwn could mention or link, and is not ours. */
export function foreignMarkup(markup: string): string[] {
  const foreign = markup.replaceAll(OURS, '');
  return /[<>]/.test(foreign) ? [`foreign markup in “${foreign}”`] : [];
}

/** Every text in it that Slack parses. */
export function markupIn(value: unknown): string[] {
  return objectsIn(value).flatMap(({ type, text }) =>
    type === 'mrkdwn' && typeof text === 'string' ? [text] : [],
  );
}

/** Every text in it that people read, in reading order. */
export function readableIn(value: unknown): string[] {
  return objectsIn(value).flatMap(({ type, title, text }) => {
    if (type === 'task_card' || type === 'plan') return typeof title === 'string' ? [title] : [];
    return typeof text === 'string' ? [text] : [];
  });
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const object: Record<string, unknown> = { ...value };
  return [object, ...Object.values(object).flatMap(objectsIn)];
}

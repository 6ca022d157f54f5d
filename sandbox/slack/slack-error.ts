import type { JsonObject } from './json.ts';

/** A refusal as the Web API words it: `{ ok: false, error, …fields }`. */
export class SlackError extends Error {
  readonly code: string;
  readonly fields: JsonObject;
  constructor(code: string, fields: JsonObject = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

/** Blocks refused by a chat method: each line names what is wrong and where. */
export function invalidBlocks(lines: readonly string[]): SlackError {
  return new SlackError('invalid_blocks', { errors: lines, ...messagesOf(lines) });
}

/** What the chat methods call a message with two tables. */
export function invalidAttachments(lines: readonly string[]): SlackError {
  return new SlackError('invalid_attachments', { errors: lines, ...messagesOf(lines) });
}

/** What every other method answers to arguments it can't use, views included. */
export function invalidArguments(lines: readonly string[]): SlackError {
  return new SlackError('invalid_arguments', messagesOf(lines));
}

function messagesOf(lines: readonly string[]): JsonObject {
  return { response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) } };
}

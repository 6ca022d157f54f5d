import { SECOND_TABLE } from './block-rules.ts';
import { isObject, type JsonObject, objectsIn, parseJson, stringIn } from './json.ts';
import { LIMITS } from './limits.ts';
import type { MessageContent } from './messages.ts';
import { normalisedBlocks } from './normalise.ts';
import { parsedText } from './parsed-text.ts';
import { BOT_USER_ID } from './seed.ts';
import { invalidArguments, invalidAttachments, invalidBlocks, SlackError } from './slack-error.ts';
import { blockErrors, hasTooMuchText } from './validate.ts';
import type { Workspace } from './workspace.ts';

export type GivenContent = {
  /** Undefined where the caller gave none, which `chat.update` tells apart from an empty one. */
  readonly text?: string | undefined;
  readonly blocks?: readonly JsonObject[] | undefined;
  readonly attachments?: readonly JsonObject[] | undefined;
  readonly metadata?: JsonObject | undefined;
};

/** Reads what an app wants to post. Throws SlackError in the words of chat.postMessage. */
export function givenContent(source: JsonObject, workspace: Workspace): GivenContent {
  if (source.markdown_text !== undefined && (source.text !== undefined || source.blocks !== undefined)) {
    throw new SlackError('markdown_text_conflict');
  }
  const text = stringIn(source.text) ?? stringIn(source.markdown_text);
  return {
    text: text?.slice(0, LIMITS.messageText).toWellFormed(),
    blocks: givenBlocks(source.blocks, workspace),
    attachments: givenAttachments(source.attachments, workspace),
    metadata: givenMetadata(source.metadata),
  };
}

/** A new message of Forge. Throws SlackError no_text when there is nothing to show. */
export function newContent(given: GivenContent, parsing: JsonObject, workspace: Workspace): MessageContent {
  const { text = '', blocks = [], attachments = [], metadata } = given;
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new SlackError('no_text');
  const parsed = parsedText(text, parsing, workspace.conversations);
  return { user: BOT_USER_ID, text: parsed, blocks, attachments, metadata };
}

function givenBlocks(value: unknown, workspace: Workspace): readonly JsonObject[] | undefined {
  const blocks = decoded(value);
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  checkBlocks(blocks, { workspace, pointer: '/blocks' });
  return normalisedBlocks(blocks, workspace.identifiers);
}

function givenAttachments(value: unknown, workspace: Workspace): readonly JsonObject[] | undefined {
  const attachments = decoded(value);
  if (attachments === undefined || attachments === null) return undefined;
  if (!Array.isArray(attachments)) {
    throw invalidArguments(['must provide an array [json-pointer:/attachments]']);
  }
  if (attachments.length > LIMITS.attachments) throw new SlackError('too_many_attachments');
  for (const [index, { blocks }] of objectsIn(attachments).entries()) {
    if (Array.isArray(blocks)) checkBlocks(blocks, { workspace, pointer: `/attachments/${index}/blocks` });
  }
  return objectsIn(attachments);
}

function checkBlocks(
  blocks: readonly unknown[],
  { workspace, pointer }: { workspace: Workspace; pointer: string },
): void {
  const lines = blockErrors(blocks, workspace.settings(), pointer);
  // Slack shows tables as attachments, and says so when there are two.
  if (lines.some((line) => line.startsWith(SECOND_TABLE))) throw invalidAttachments(lines);
  if (lines.length > 0) throw invalidBlocks(lines);
  if (hasTooMuchText(blocks)) throw new SlackError('msg_blocks_too_long');
}

function givenMetadata(value: unknown): JsonObject | undefined {
  const metadata = decoded(value);
  if (metadata === undefined || metadata === null) return undefined;
  if (!isObject(metadata)) throw new SlackError('invalid_metadata_format');
  if (typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) {
    throw new SlackError('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.metadataBytes)
    throw new SlackError('metadata_too_large');
  return { event_type: metadata.event_type, event_payload: metadata.event_payload };
}

/** Form bodies carry objects as JSON text; text that is no JSON stays what it is and is refused by its reader. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  const parsed = parseJson(value);
  return parsed ? parsed.value : value;
}

import { CONTEXT_ACTIONS } from './button-shapes.ts';
import { ACTIONS, INPUTS } from './element-shapes.ts';
import type { Identifiers } from './identifiers.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

/** Blocks as Slack gives them back: ids made up where none were given, text objects with their defaults. */
export function normalisedBlocks(blocks: readonly unknown[], identifiers: Identifiers): JsonObject[] {
  return objectsIn(blocks).map((block) => ({
    ...normalisedObject(block, identifiers),
    block_id: givenId(block) ?? identifiers.short(),
  }));
}

/** Slack makes blocks of its own from Markdown: the id it was given does not come back. */
function givenId({ type, block_id: id }: JsonObject): unknown {
  return type === 'markdown' ? undefined : id;
}

function normalised(value: unknown, identifiers: Identifiers): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => normalised(item, identifiers));
  return isObject(value) ? normalisedObject(value, identifiers) : value;
}

function normalisedObject(value: JsonObject, identifiers: Identifiers): JsonObject {
  const copy: JsonObject = {};
  for (const [field, content] of Object.entries(value)) copy[field] = normalised(content, identifiers);
  if (Array.isArray(value.child_blocks)) {
    copy.child_blocks = normalisedBlocks(value.child_blocks, identifiers);
  }
  const type = String(value.type);
  if (type === 'carousel' && Array.isArray(value.elements)) {
    copy.elements = normalisedBlocks(value.elements, identifiers);
  }
  if (type === 'plain_text') return { emoji: true, ...copy };
  if (type === 'mrkdwn') return { verbatim: false, ...copy };
  if (isInteractive(type)) return { action_id: identifiers.short(), ...copy };
  return copy;
}

/** True for the type of an element which a person can press, pick or fill. */
export function isInteractive(type: string): boolean {
  return [ACTIONS, INPUTS, CONTEXT_ACTIONS].some((types) => Object.hasOwn(types, type));
}

import { ACTIONS, INPUTS } from './element-shapes.ts';
import type { Identifiers } from './identifiers.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

/** Blocks as Slack gives them back: ids made up where none were given, text objects with their defaults. */
export function normalisedBlocks(blocks: readonly unknown[], identifiers: Identifiers): JsonObject[] {
  return objectsIn(blocks).map((block) => ({
    ...normalisedObject(block, identifiers),
    block_id: block.block_id ?? identifiers.short(),
  }));
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
  if (type === 'plain_text') return { emoji: true, ...copy };
  if (type === 'mrkdwn') return { verbatim: false, ...copy };
  if (isInteractive(type)) return { action_id: identifiers.short(), ...copy };
  return copy;
}

/** True for the type of an element which a person can press, pick or fill. */
export function isInteractive(type: string): boolean {
  return Object.hasOwn(ACTIONS, type) || Object.hasOwn(INPUTS, type);
}

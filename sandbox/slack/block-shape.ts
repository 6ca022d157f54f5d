import { LIMITS } from './limits.ts';
import { object, oneOf, type Rule, type Shape, type Shapes, text } from './shape.ts';

/** A block of one type; each may have a `block_id`. */
export function block(type: string, required: Shapes, optional: Shapes = {}, rule?: Rule): Shape {
  const blockId = { block_id: text({ max: LIMITS.blockId }) };
  return object({ type: oneOf(type), ...required }, { ...blockId, ...optional }, rule);
}

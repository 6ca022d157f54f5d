/**
 * A copy that later changes do not reach. Plain objects, lists, maps and dates are copied, each once, so that what was
 * the same thing still is; functions and instances of classes are kept as they are.
 */
export function snapshot<Value>(value: Value): Value {
  const copies = new Map<unknown, unknown>();
  return copyOf(value, copies) satisfies unknown as Value;
}

function copyOf(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const item of value) list.push(copyOf(item, copies));
    return list;
  }
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    copies.set(value, map);
    for (const [key, item] of value) map.set(key, copyOf(item, copies));
    return map;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const object: Record<string, unknown> = {};
  copies.set(value, object);
  for (const [key, item] of Object.entries(value)) object[key] = copyOf(item, copies);
  return object;
}

import type { Json } from '../../src/domain/json.ts';
import { Fatal } from './engine.ts';

/** A journal is for names and numbers of things, not for the things. */
const mostBytes = 256 * 1024;

/**
 * The value as it will come back from the journal, so that a job sees the same before and after a crash.
 * Throws `Fatal` where the journal could not give it back as it is, or where it is too large.
 */
export function journalValue(value: unknown, whose: string): Json | undefined {
  if (value === undefined) return undefined;
  const json = toJson(value, { whose, path: 'value', parents: [] });
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes <= mostBytes) return json;
  throw new Fatal(
    `${whose} returned ${bytes} bytes, and the journal keeps at most ${mostBytes}: return what is needed to find it`,
  );
}

type Where = { whose: string; path: string; parents: object[] };

function toJson(value: unknown, where: Where): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw refused(value, where);
  if (where.parents.includes(value)) throw refused('a circle', where);
  const parents = [...where.parents, value];
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) =>
      toJson(item, { ...where, path: `${where.path}[${index}]`, parents }),
    );
  }
  if (!isPlain(value)) throw refused(value, where);
  const kept: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) {
    // A property that is undefined reads the same when it is left out.
    if (item !== undefined) kept[key] = toJson(item, { ...where, path: `${where.path}.${key}`, parents });
  }
  return kept;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refused(value: unknown, { whose, path }: Where): Fatal {
  const what = typeof value === 'object' && value !== null ? value.constructor.name : String(value);
  return new Fatal(`${whose} returned something the journal cannot keep: ${path} is ${what}, not JSON`);
}

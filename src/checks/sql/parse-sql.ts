import { hasSqlDetails, parse } from 'libpg-query';
import { messageOf } from '../../domain/errors.ts';
import { type Fields, fieldsOf, listOf } from './tree.ts';

/** One statement with its own text, and the line it begins in; lines count from 1. */
export type Statement = { type: string; fields: Fields; line: number; text: string };

export type Parsed =
  | { kind: 'parsed'; statements: Statement[] }
  /** PostgreSQL would not take it either, or nobody can look into it. */
  | { kind: 'unreadable'; line: number; why: string };

/** Characters. Nothing else goes on while one text is parsed: this many take less than half a second. */
const MOST = 200_000;

/** What PostgreSQL's own parser makes of a text. Never throws for what stands in it. */
export async function parseSql(text: string): Promise<Parsed> {
  if (text.length > MOST) return unreadable(1, `it is longer than ${MOST / 1_000},000 characters`);
  // The parser would take it for the end of the text, and hide what follows.
  const zero = text.indexOf('\0');
  if (zero >= 0) return unreadable(lineAt(text, zero), 'it holds a character that is not text');
  if (text.trim() === '') return { kind: 'parsed', statements: [] };
  try {
    const { stmts } = await parse(text);
    return { kind: 'parsed', statements: statementsOf(stmts, Buffer.from(text)) };
  } catch (error) {
    const at = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined;
    return unreadable(lineAt(text, at ?? 0), messageOf(error));
  }
}

function unreadable(line: number, why: string): Parsed {
  return { kind: 'unreadable', line, why };
}

/** Positions of statements are bytes. */
function statementsOf(written: unknown, source: Buffer): Statement[] {
  return listOf(written).flatMap((one) => {
    const { stmt, stmt_location: begin, stmt_len: length } = fieldsOf(one);
    const from = Number(begin ?? 0);
    const rest = source.subarray(from, length === undefined ? undefined : from + Number(length)).toString();
    const blank = rest.length - rest.trimStart().length;
    const line = lineAt(source.subarray(0, from).toString() + rest.slice(0, blank), Number.POSITIVE_INFINITY);
    return Object.entries(fieldsOf(stmt)).map(([type, fields]) => ({
      ...{ type, fields: fieldsOf(fields), line },
      text: rest.slice(blank),
    }));
  });
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

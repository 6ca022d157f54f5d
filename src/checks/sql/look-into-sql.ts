import { brokenBy } from './broken-by.ts';
import { openBlock } from './do-block.ts';
import { type OwnTables, ownTables } from './own-tables.ts';
import { parseSql, type Statement } from './parse-sql.ts';
import { dottedName, nodesIn } from './tree.ts';

/** `says` goes on after “line 3”. */
export type AtLine = { line: number; says: string };

export type Found = {
  /** What breaks for the release that is live, or is destroyed. */
  broken: AtLine[];
  /** Statements that run what is not written there. */
  hidden: AtLine[];
  /** What PostgreSQL's parser cannot read. */
  unreadable: AtLine[];
};

/** What a file of SQL would break, as PostgreSQL itself reads it. Never throws for what stands in it. */
export async function lookIntoSql(text: string): Promise<Found> {
  const parsed = await parseSql(text.replace(/^\uFEFF/u, ''));
  if (parsed.kind === 'unreadable') {
    const { line, why } = parsed;
    return { broken: [], hidden: [], unreadable: [{ line, says: `PostgreSQL could not read it: ${why}` }] };
  }
  const found: Found = { broken: [], hidden: [], unreadable: [] };
  const own = { tables: ownTables(), functions: new Set<string>() };
  for (const statement of parsed.statements) await lookInto(statement, own, found);
  return found;
}

/** What the file has made so far. `functions`: their names without schemas. */
type Own = { tables: OwnTables; functions: Set<string> };

async function lookInto(statement: Statement, own: Own, found: Found): Promise<void> {
  const { type, fields, line } = statement;
  if (type === 'DoStmt') {
    const block = await openBlock(statement);
    if (block.kind === 'opaque') found.hidden.push({ line: block.line, says: hiddenIn('a block') });
    else for (const inner of block.statements) await lookInto(inner, own, found);
    return;
  }
  if (type === 'CallStmt') found.hidden.push({ line, says: hiddenIn('a procedure') });
  if (callsOwn(statement, own)) found.hidden.push({ line, says: hiddenIn('a function of the same file') });
  found.broken.push(...brokenBy({ [type]: fields }, own.tables).map((says) => ({ line, says })));
  own.tables.note(statement);
  if (type === 'CreateFunctionStmt') own.functions.add(lastOf(fields.funcname));
}

/** What a function does is kept for later where it is made, and happens where it is called for its own sake. */
function callsOwn({ type, fields }: Statement, { functions }: Own): boolean {
  if (type !== 'SelectStmt') return false;
  return nodesIn(fields, () => true).some(
    (node) => node.type === 'FuncCall' && functions.has(lastOf(node.fields.funcname)),
  );
}

function lastOf(name: unknown): string {
  return dottedName(name).split('.').at(-1) ?? '';
}

function hiddenIn(what: string): string {
  return `${what} runs statements that are not written here`;
}

import { parsePlPgSQL } from 'libpg-query';
import { lineAt, parseSql, type Statement } from './parse-sql.ts';
import { dottedName, fieldsOf, listOf, nodesIn, type TreeNode, textOf } from './tree.ts';

export type Block =
  | { kind: 'open'; statements: Statement[] }
  /** It runs what is not written in it. */
  | { kind: 'opaque'; line: number };

/** The statements inside of a DO block, with their lines in the file. A block of another language than PL/pgSQL, or one that puts its statements together as it runs, is opaque. */
export async function openBlock(block: Statement): Promise<Block> {
  const opaque: Block = { kind: 'opaque', line: block.line };
  if (languageOf(block) !== 'plpgsql') return opaque;
  const nodes = await nodesOfBlock(block.text);
  if (nodes === undefined) return opaque;
  // Lines of a block count from where its text begins.
  const first = block.line + lineAt(block.text, bodyAt(block.text)) - 1;
  const lineOf = (node: TreeNode | undefined) => first + Number(node?.fields.lineno ?? 1) - 1;
  const hidden = nodes.find(isHidden);
  if (hidden !== undefined) return { kind: 'opaque', line: lineOf(hidden) };
  const statements: Statement[] = [];
  let around: TreeNode | undefined;
  for (const node of nodes) {
    if ('lineno' in node.fields) around = node;
    if (node.type !== 'PLpgSQL_expr' || (node.fields.parseMode ?? 0) !== 0) continue;
    const parsed = await parseSql(textOf(node.fields.query));
    if (parsed.kind === 'unreadable') return { kind: 'opaque', line: lineOf(around) };
    statements.push(...parsed.statements.map((one) => ({ ...one, line: lineOf(around) + one.line - 1 })));
  }
  return { kind: 'open', statements };
}

function languageOf({ fields }: Statement): string {
  const language = listOf(fields.args)
    .map((one) => fieldsOf(fieldsOf(one).DefElem))
    .find(({ defname }) => defname === 'language');
  return language === undefined ? 'plpgsql' : dottedName(language.arg).toLowerCase();
}

async function nodesOfBlock(text: string): Promise<TreeNode[] | undefined> {
  try {
    const nodes = nodesIn(await parsePlPgSQL(text), () => true);
    return nodes.some(({ type }) => type === 'PLpgSQL_stmt_block') ? nodes : undefined;
  } catch {
    // Whatever is wrong with it: nobody can look into it, which is what the caller is told.
    return undefined;
  }
}

/** Runs a text that is put together as it goes, or a procedure that stands elsewhere. */
function isHidden({ type, fields }: TreeNode): boolean {
  return type.includes('dyn') || type === 'PLpgSQL_stmt_call' || 'dynquery' in fields;
}

/** Where the quoted text of a block begins. */
function bodyAt(text: string): number {
  return Math.max(0, text.search(/\$[^$\s]*\$|'/u));
}

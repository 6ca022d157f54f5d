import { quoted } from '../words.ts';
import { brokenByAlter } from './alter-table.ts';
import type { OwnTables } from './own-tables.ts';
import {
  dottedName,
  type Fields,
  fieldsOf,
  listOf,
  nodesIn,
  relationName,
  type TreeNode,
  textOf,
} from './tree.ts';

/** Their bodies are kept for later, and run by nothing here. */
const KEPT_FOR_LATER = ['CreateFunctionStmt', 'RuleStmt'];
/** Nothing that is live can tell whether they are there. */
const HARMLESS = ['OBJECT_INDEX', 'OBJECT_STATISTIC_EXT'];

/** Parts of a condition that may come out otherwise for another row. */
const OF_A_ROW = ['ColumnRef', 'SubLink', 'CurrentOfExpr'];

/** What a statement breaks for the release that is live, or destroys; in words that go on after “line 3”. Looks into everything inside of it. */
export function brokenBy(statement: unknown, own: OwnTables): string[] {
  const nodes = nodesIn(statement, (type) => !KEPT_FOR_LATER.includes(type));
  return nodes.flatMap((node) => brokenByNode(node, own));
}

function brokenByNode({ type, fields }: TreeNode, own: OwnTables): string[] {
  const table = relationName(fields.relation);
  if (own.has(table)) return [];
  const named = quoted(table);
  switch (type) {
    case 'AlterTableStmt':
      return listOf(fields.cmds).flatMap(
        (one) => brokenByAlter(fieldsOf(fieldsOf(one).AlterTableCmd), named) ?? [],
      );
    case 'DropStmt':
      return brokenByDrop(fields, own);
    case 'RenameStmt':
      return HARMLESS.includes(String(fields.renameType)) ? [] : [renaming(fields)];
    case 'AlterObjectSchemaStmt':
      return [
        `moves a ${kindOf(fields.objectType)} to another schema: what is live looks for it in the old one`,
      ];
    case 'AlterEnumStmt':
      if (fields.oldVal === undefined) return [];
      return [`renames the value ${quoted(textOf(fields.oldVal))}: what is live knows the old name only`];
    case 'AlterDomainStmt':
      if (fields.subtype !== 'O') return [];
      return [
        `wants a value wherever ${quoted(dottedName(fields.typeName))} is used: what is live may write none`,
      ];
    case 'TruncateStmt':
      return brokenByTruncate(fields, own);
    case 'DeleteStmt':
      return hasCondition(fields) ? [] : [`deletes every row of ${named}`];
    case 'UpdateStmt':
      return hasCondition(fields) ? [] : [`changes every row of ${named}`];
    default:
      return /^Drop\w*Stmt$/u.test(type) ? [`drops a ${kindOf(type.slice(4, -4))}`] : [];
  }
}

function brokenByDrop({ removeType, objects }: Fields, own: OwnTables): string[] {
  if (HARMLESS.includes(String(removeType))) return [];
  const names = listOf(objects).map(objectName);
  if (removeType === 'OBJECT_TABLE' && names.every((name) => own.has(name))) return [];
  const isData = ['OBJECT_TABLE', 'OBJECT_SCHEMA', 'OBJECT_MATVIEW'].includes(String(removeType));
  const gone = isData ? 'its data is gone, and ' : '';
  return [
    `drops the ${kindOf(removeType)} ${names.map(quoted).join(', ')}: ${gone}what is live fails where it still uses it`,
  ];
}

function renaming({ relation, renameType, subname, newname }: Fields): string {
  const table = relationName(relation);
  const old = [table, textOf(subname)].filter((part) => part !== '').join('.');
  return `renames the ${kindOf(renameType)} ${quoted(old)} to ${quoted(textOf(newname))}: what is live looks for the old name`;
}

function brokenByTruncate({ relations, behavior }: Fields, own: OwnTables): string[] {
  const tables = listOf(relations).map((one) => relationName(fieldsOf(one).RangeVar));
  if (behavior !== 'DROP_CASCADE' && tables.every((table) => own.has(table))) return [];
  return [`empties ${tables.map(quoted).join(', ')}`];
}

/** One that asks nothing of a row, such as `1 = 1`, is none. */
function hasCondition({ whereClause }: Fields): boolean {
  return nodesIn(whereClause, () => true).some(({ type }) => OF_A_ROW.includes(type));
}

/** Without the types of arguments. */
function objectName(object: unknown): string {
  const { ObjectWithArgs: withArguments } = fieldsOf(object);
  return dottedName(withArguments === undefined ? object : fieldsOf(withArguments).objname);
}

/** `OBJECT_VIEW` → `view`, `Role` → `role`. */
function kindOf(type: unknown): string {
  const word = textOf(type).replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
  return KINDS.get(word) ?? word;
}

const KINDS = new Map([
  ['matview', 'materialized view'],
  ['tabconstraint', 'constraint'],
  ['domconstraint', 'constraint'],
  ['db', 'database'],
  ['owned', 'role with everything it owns'],
  ['usermapping', 'user mapping'],
]);

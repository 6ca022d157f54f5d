import { quoted } from '../words.ts';
import { dottedName, type Fields, fieldsOf, listOf, nodesIn, textOf } from './tree.ts';

/** What a change of a table breaks for the release that is live; undefined: nothing. */
export function brokenByAlter(command: Fields, table: string): string | undefined {
  const name = textOf(command.name);
  const column = `the column ${quoted(name)} of ${table}`;
  switch (command.subtype) {
    case 'AT_DropColumn':
      return `drops ${column}: its data is gone, and what is live fails where it still uses it`;
    case 'AT_AlterColumnType':
      return `changes the type of ${column}: what is live may not be able to read or write it any more`;
    case 'AT_SetNotNull':
      return `wants a value in ${column}: what is live fails where it writes none`;
    case 'AT_AddColumn':
      return brokenByColumn(columnOf(command), table);
    case 'AT_AddConstraint':
      return brokenByConstraint(fieldsOf(fieldsOf(command.def).Constraint), table);
    case 'AT_DropConstraint':
      return `drops the constraint ${quoted(name)} of ${table}: what is live may rely on it`;
    case 'AT_DropIdentity':
    case 'AT_DropExpression':
      return `takes the value away that ${column} had by itself: what is live fails where it writes none`;
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
    case 'AT_DropInherit':
      return `takes a part away from ${table}: what is live does not find its rows any more`;
    default:
      return undefined;
  }
}

function columnOf(command: Fields): Fields {
  return fieldsOf(fieldsOf(command.def).ColumnDef);
}

/** A new column that must have a value, which what is live does not know of. */
function brokenByColumn(column: Fields, table: string): string | undefined {
  const constraints = listOf(column.constraints).map((one) => fieldsOf(fieldsOf(one).Constraint));
  const isWanted = constraints.some(
    ({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY',
  );
  if (!isWanted || isFilled(column, constraints)) return undefined;
  return `adds the column ${quoted(textOf(column.colname))} to ${table}, which wants a value and has no default: what is live writes none`;
}

const SERIAL = /^(?:pg_catalog\.)?(?:small|big)?serial[248]?$/u;

function isFilled(column: Fields, constraints: readonly Fields[]): boolean {
  if (SERIAL.test(dottedName(fieldsOf(column.typeName).names))) return true;
  return constraints.some(({ contype, raw_expr: value }) => {
    if (contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED') return true;
    return contype === 'CONSTR_DEFAULT' && fieldsOf(fieldsOf(value).A_Const).isnull !== true;
  });
}

/** A constraint that wants a value, in whatever way it is written. */
function brokenByConstraint(
  { contype, keys, raw_expr: condition }: Fields,
  table: string,
): string | undefined {
  if (contype === 'CONSTR_NOTNULL') {
    return `wants a value in the column ${quoted(dottedName(keys))} of ${table}: what is live fails where it writes none`;
  }
  const wantsValue =
    contype === 'CONSTR_CHECK' &&
    nodesIn(condition, () => true).some(
      ({ type, fields }) => type === 'NullTest' && fields.nulltesttype === 'IS_NOT_NULL',
    );
  if (!wantsValue) return undefined;
  return `wants a value in a column of ${table}, by a check: what is live fails where it writes none`;
}

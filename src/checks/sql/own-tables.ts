import type { Statement } from './parse-sql.ts';
import { type Fields, fieldsOf, relationName } from './tree.ts';

/** Tables that the same file has made: nothing that is live uses them yet, so it may do with them as it likes. */
export type OwnTables = {
  has(name: string): boolean;
  /** Takes note of what a statement did. */
  note(statement: Pick<Statement, 'type' | 'fields'>): void;
};

export function ownTables(): OwnTables {
  const names = new Set<string>();
  return {
    has: (name) => names.has(name),
    note({ type, fields }) {
      if (changesMeaning(type, fields)) names.clear();
      const made = madeBy(type, fields);
      if (made !== undefined) names.add(made);
      // After that the name may mean a table that was there before.
      if (type === 'DropStmt') names.clear();
      if (type === 'RenameStmt') names.delete(relationName(fields.relation));
    },
  };
}

function madeBy(type: string, fields: Fields): string | undefined {
  if (fields.if_not_exists === true) return undefined;
  if (type === 'CreateStmt') return relationName(fields.relation);
  if (type === 'CreateTableAsStmt') return relationName(fieldsOf(fields.into).rel);
  return undefined;
}

/** From then on names may mean something else, or what was made is not there any more. */
function changesMeaning(type: string, { kind, name }: Fields): boolean {
  if (type === 'TransactionStmt') return String(kind).startsWith('TRANS_STMT_ROLLBACK');
  return type === 'VariableSetStmt' && name !== 'lock_timeout' && name !== 'statement_timeout';
}

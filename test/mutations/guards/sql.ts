import { type Guard, guardsOf } from '../guard.ts';

const tests = ['test/checks/sql.test.ts', 'test/checks/doubtful.test.ts'];

/** Which SQL destroys or narrows what is live, and that nothing hides it. */
export const sql: readonly Guard[] = [
  ...guardsOf({ file: 'src/checks/sql/alter-table.ts', tests }, [
    {
      name: 'a column that is dropped is gone',
      text: "case 'AT_DropColumn':",
      without: "case 'AT_DropColumn_':",
    },
    {
      name: 'a column of another type is another column',
      text: "case 'AT_AlterColumnType':",
      without: "case 'AT_AlterColumnType_':",
    },
    {
      name: 'a column that comes to want a value is not written by what is live',
      text: "case 'AT_SetNotNull':",
      without: "case 'AT_SetNotNull_':",
    },
    {
      name: 'a new column that wants a value is not written by what is live',
      text: "case 'AT_AddColumn':",
      without: "case 'AT_AddColumn_':",
    },
    {
      name: 'a new key wants a value as well',
      text: "contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY',",
      without: "contype === 'CONSTR_NOTNULL',",
    },
    {
      name: 'a default of nothing is none',
      text: "contype === 'CONSTR_DEFAULT' && fieldsOf(fieldsOf(value).A_Const).isnull !== true;",
      without: "contype === 'CONSTR_DEFAULT';",
    },
    {
      name: 'a constraint may want a value',
      text: "case 'AT_AddConstraint':",
      without: "case 'AT_AddConstraint_':",
    },
    {
      name: 'a check may want a value',
      text: "contype === 'CONSTR_CHECK' &&",
      without: "contype === 'CONSTR_CHECK_' &&",
    },
    {
      name: 'what is live may rely on a constraint',
      text: "case 'AT_DropConstraint':",
      without: "case 'AT_DropConstraint_':",
    },
    {
      name: 'what is live may rely on a value that comes by itself',
      text: "case 'AT_DropIdentity':",
      without: "case 'AT_DropIdentity_':",
    },
    {
      name: 'what is live may rely on a value that is worked out',
      text: "case 'AT_DropExpression':",
      without: "case 'AT_DropExpression_':",
    },
    {
      name: 'what is live does not find the rows of a part that is taken away',
      text: "case 'AT_DetachPartition':",
      without: "case 'AT_DetachPartition_':",
    },
    {
      name: 'what is live does not find the rows of a table that inherits no more',
      text: "case 'AT_DropInherit':",
      without: "case 'AT_DropInherit_':",
    },
  ]),
  ...guardsOf({ file: 'src/checks/sql/broken-by.ts', tests }, [
    {
      name: 'what is dropped is gone',
      text: "case 'DropStmt':",
      without: "case 'DropStmt_':",
    },
    {
      name: 'what is renamed is not found by what is live',
      text: "case 'RenameStmt':",
      without: "case 'RenameStmt_':",
    },
    {
      name: 'what is moved is not found by what is live',
      text: "case 'AlterObjectSchemaStmt':",
      without: "case 'AlterObjectSchemaStmt_':",
    },
    {
      name: 'a value that is renamed is not known to what is live',
      text: "case 'AlterEnumStmt':",
      without: "case 'AlterEnumStmt_':",
    },
    {
      name: 'a domain may come to want a value',
      text: "case 'AlterDomainStmt':",
      without: "case 'AlterDomainStmt_':",
    },
    {
      name: 'a table that is emptied is empty',
      text: "case 'TruncateStmt':",
      without: "case 'TruncateStmt_':",
    },
    {
      name: 'nothing deletes every row',
      text: "case 'DeleteStmt':",
      without: "case 'DeleteStmt_':",
    },
    {
      name: 'nothing changes every row',
      text: "case 'UpdateStmt':",
      without: "case 'UpdateStmt_':",
    },
    {
      name: 'a condition that always holds is none',
      text: 'return nodesIn(whereClause, () => true).some(({ type }) => OF_A_ROW.includes(type));',
      without: 'return whereClause !== undefined;',
    },
    {
      name: 'whatever else is dropped is gone',
      text: String.raw`/^Drop\w*Stmt$/u.test(type)`,
      without: String.raw`/^Drop\w*Stmt_$/u.test(type)`,
    },
    {
      name: 'a table that was there before is not the file’s own',
      text: "if (removeType === 'OBJECT_TABLE' && names.every((name) => own.has(name))) return [];",
      without: "if (removeType === 'OBJECT_TABLE' && names.some((name) => own.has(name))) return [];",
    },
    {
      name: 'what is emptied in passing may be anything',
      text: "if (behavior !== 'DROP_CASCADE' && tables",
      without: 'if (tables',
    },
  ]),
  ...guardsOf({ file: 'src/checks/sql/own-tables.ts', tests }, [
    {
      name: 'a table that may have been there before is not the file’s own',
      text: '  if (fields.if_not_exists === true) return undefined;\n',
      without: '',
    },
    {
      name: 'after a drop a name may mean what was there before',
      text: "      if (type === 'DropStmt') names.clear();\n",
      without: '',
    },
    {
      name: 'after a renaming a name may mean what was there before',
      text: "      if (type === 'RenameStmt') names.delete(relationName(fields.relation));\n",
      without: '',
    },
    {
      name: 'after a change of where names are looked for a name may mean something else',
      text: '      if (changesMeaning(type, fields)) names.clear();\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/checks/sql/look-into-sql.ts', tests }, [
    {
      name: 'what PostgreSQL cannot read is not harmless',
      text: "if (parsed.kind === 'unreadable') {",
      without:
        "if (parsed.kind === 'unreadable') return { broken: [], hidden: [], unreadable: [] };\n  if (parsed.kind === 'unreadable') {",
    },
    {
      name: 'a block that hides what it does is not harmless',
      text: "if (block.kind === 'opaque') found.hidden.push",
      without: "if (block.kind === 'opaque') [].push",
    },
    {
      name: 'a block is looked into',
      text: '    else for (const inner of block.statements) await lookInto(inner, own, found);\n',
      without: '',
    },
    {
      name: 'a procedure that is called hides what it does',
      text: "  if (type === 'CallStmt') found.hidden.push({ line, says: hiddenIn('a procedure') });\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/checks/sql/do-block.ts', tests }, [
    {
      name: 'a block of another language hides what it does',
      text: "  if (languageOf(block) !== 'plpgsql') return opaque;\n",
      without: "  if (languageOf(block) !== 'plpgsql') return { kind: 'open', statements: [] };\n",
    },
    {
      name: 'a block that puts its statements together hides what it does',
      text: 'const hidden = nodes.find(isHidden);',
      without: 'const hidden = nodes.find(() => false);',
    },
    {
      name: 'a block that cannot be read hides what it does',
      text: '  if (nodes === undefined) return opaque;\n',
      without: "  if (nodes === undefined) return { kind: 'open', statements: [] };\n",
    },
  ]),
  ...guardsOf({ file: 'src/checks/sql/parse-sql.ts', tests }, [
    {
      name: 'nothing is hidden behind what the parser takes for the end of a text',
      text: "  if (zero >= 0) return unreadable(lineAt(text, zero), 'it holds a character that is not text');\n",
      without: '',
    },
    {
      name: 'a text that would keep Forge busy is not parsed',
      text: '  if (text.length > MOST) return unreadable(',
      without: '  if (text.length < 0) return unreadable(',
    },
  ]),
];

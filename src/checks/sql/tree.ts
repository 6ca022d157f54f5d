/** Fields of a node of the parser's tree, as PostgreSQL names them. */
export type Fields = Readonly<Record<string, unknown>>;

export type TreeNode = { type: string; fields: Fields };

/** Every node inside, the outer ones first; nothing inside of those for which `isOpen` says no. Without recursion: foreign trees may be deep. */
export function nodesIn(tree: unknown, isOpen: (type: string) => boolean): TreeNode[] {
  const nodes: TreeNode[] = [];
  const left: unknown[] = [tree];
  while (left.length > 0) {
    const value = left.pop();
    if (Array.isArray(value)) {
      left.push(...value.toReversed());
      continue;
    }
    for (const [key, inner] of Object.entries(fieldsOf(value)).toReversed()) {
      if (!isNodeType(key)) left.push(inner);
      else {
        nodes.push({ type: key, fields: fieldsOf(inner) });
        if (isOpen(key)) left.push(inner);
      }
    }
  }
  return nodes;
}

/** Types begin with a capital letter, names of fields do not. */
function isNodeType(key: string): boolean {
  return /^[A-Z]/u.test(key);
}

/** Of a node; of anything else none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `s.t` of a table as the statement names it. */
export function relationName(value: unknown): string {
  const { schemaname, relname } = fieldsOf(value);
  return [schemaname, relname].filter((part) => typeof part === 'string').join('.');
}

/** The words of a name that is a list of strings, wherever they stand in it, joined by dots. */
export function dottedName(value: unknown): string {
  const words = nodesIn(value, () => true)
    .filter(({ type }) => type === 'String')
    .map(({ fields }) => textOf(fields.sval));
  return words.join('.');
}

type Tree = { text?: string; children: Map<string, Tree> };

/** `A.member.1.B=x` becomes `{ A: [{ B: 'x' }] }`. */
export function formToInput(form: URLSearchParams): unknown {
  const root: Tree = { children: new Map() };
  for (const [path, text] of form) {
    if (path === 'Action' || path === 'Version') continue;
    let node = root;
    for (const part of path.split('.')) node = child(node, part);
    node.text = text;
  }
  return inputOf(root);
}

function child(node: Tree, part: string): Tree {
  const known = node.children.get(part);
  if (known !== undefined) return known;
  const added: Tree = { children: new Map() };
  node.children.set(part, added);
  return added;
}

function inputOf({ text, children }: Tree): unknown {
  if (children.size === 0) return text ?? {};
  const members = children.get('member');
  if (members === undefined) {
    return Object.fromEntries([...children].map(([name, node]) => [name, inputOf(node)]));
  }
  const inOrder = [...members.children].toSorted(([left], [right]) => Number(left) - Number(right));
  return inOrder.map(([, node]) => inputOf(node));
}

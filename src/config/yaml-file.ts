import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Path, type Problem, pathInWords } from './problem.ts';

/** A YAML text with its content and the places its parts stand at. */
export type YamlFile = {
  /** Plain data; undefined when the text is not YAML enough to have any. */
  content: unknown;
  /** What is wrong with it as YAML. */
  problems: Problem[];
  /** A problem at the value of `path`, or at its key; where neither exists, at the nearest thing around it. */
  problemAt(path: Path, message: string, at: 'key' | 'value'): Problem;
};

export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map((error) => ({
    ...place(error.pos[0]),
    path: '',
    message: yamlMessage(error),
  }));
  // A file with a key twice still has content, so that its other problems can be told at the same time.
  const isReadable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
  return {
    content: isReadable ? document.toJS() : undefined,
    problems,
    problemAt: (path, message, at) => ({
      ...place(offsetOf(document, path, at)),
      path: pathInWords(path),
      message,
    }),
  };
}

function yamlMessage(error: { code: string; message: string }): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return 'This key stands here twice, and only one of them could count. Remove one.';
    case 'TAB_AS_INDENT':
      return 'This line is indented with a tab. Use spaces.';
    case 'MULTIPLE_DOCS':
      return 'The file holds several documents. Remove the line "---" and what follows it.';
    default:
      return `This is not YAML: ${error.message}. Check the indentation, colons and quotes around here.`;
  }
}

function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  if (at === 'value') {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  for (let length = path.length; length > 0; length -= 1) {
    const offset = keyOffset(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

/** Where the key (or the list item) at the end of `path` begins. */
function keyOffset(document: Document, path: Path): number | undefined {
  const last = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (typeof last === 'number') {
    const item = document.getIn(path, true);
    return isNode(item) ? item.range?.[0] : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === last,
  );
  return pair !== undefined && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

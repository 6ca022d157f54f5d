/** Keys and list positions from the top of the file. */
export type Path = readonly (string | number)[];

/** Something the file's author must mend. Lines and columns count from 1. */
export type Problem = {
  file: string;
  line: number;
  column: number;
  /** The place in words, such as `services.api.smoke[0]`; empty for the file as a whole. */
  path: string;
  /** What is wrong and what to do about it. */
  message: string;
};

/** `forge.yml:14:5 services.api.smoke[0]: …`, which terminals and editors make clickable. */
export function sentenceOf(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return problem.path === '' ? `${place} ${problem.message}` : `${place} ${problem.path}: ${problem.message}`;
}

export function pathInWords(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') {
      text += `[${part}]`;
      continue;
    }
    const key = /^[\w-]+$/.test(part) ? part : `"${part}"`;
    text += text === '' ? key : `.${key}`;
  }
  return text;
}

export function byPlace(left: Problem, right: Problem): number {
  return left.line - right.line || left.column - right.column;
}

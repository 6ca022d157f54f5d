/** The end of an output, where tools write their summary. Characters. */
const LAST = 20_000;
/** No line of a summary is longer, and foreign text is not to take long to read. Characters. */
const LONGEST_LINE = 300;

/**
 * How much of the code tests cover, as their own output says, like `92.3 % of lines`: the tables of node:test, Jest, c8 and nyc,
 * their short summary, and those of Go and of pytest-cov. Undefined where it says nothing of it.
 */
export function coverageIn(output: string): string | undefined {
  const lines = output
    .slice(-LAST)
    .split('\n')
    .filter(({ length }) => length <= LONGEST_LINE);
  const percent = fromTable(lines) ?? lastFound(lines, /^\s*Lines\s*:\s*(\d+(?:\.\d+)?)\s*%/u);
  if (percent !== undefined) return `${percent} % of lines`;
  const python = lastFound(lines, /^TOTAL\s+\d+\s+\d+\s.*?(\d+(?:\.\d+)?)%/u);
  if (python !== undefined) return `${python} % of lines`;
  const go = lastFound(lines, /\bcoverage:\s+(\d+(?:\.\d+)?)% of statements/u);
  return go === undefined ? undefined : `${go} % of statements`;
}

/** The column of the lines is another one in each tool; its head says which. */
function fromTable(lines: readonly string[]): string | undefined {
  const total = lines.findLast((line) => /\ball files\s*\|/iu.test(line));
  const head = lines.findLast((line) => /\bfile\s*\|.*\bline/iu.test(line));
  if (total === undefined || head === undefined) return undefined;
  const column = head.split('|').findIndex((name) => /^\s*(?:% lines|line %)\s*$/iu.test(name));
  return /^\s*(\d+(?:\.\d+)?)\s*$/u.exec(total.split('|')[column] ?? '')?.[1];
}

function lastFound(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).findLast((found) => found !== undefined);
}

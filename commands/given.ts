/** The one that was named; undefined where none was, or more than one. */
export function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** Leaves out what is undefined. */
export function given<Part extends Record<string, string | undefined>>(
  part: Part,
): { [Key in keyof Part]?: string } {
  const left: { [Key in keyof Part]?: string } = {};
  for (const key in part) if (part[key] !== undefined) left[key] = part[key];
  return left;
}

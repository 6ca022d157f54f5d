/** Whether a name fits a pattern of a workflow: `*` is anything but a slash, `**` anything. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split(/(\*\*|\*|\?)/).map(expressionOf);
  return new RegExp(`^${parts.join('')}$`).test(name);
}

function expressionOf(part: string): string {
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  // What stands before it may be left out, as in a regular expression.
  if (part === '?') return '?';
  return part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
}

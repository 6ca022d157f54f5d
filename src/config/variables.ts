/** Of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

export function isSet(variables: Variables, name: string): boolean {
  return (variables[name] ?? '').trim() !== '';
}

/** A variable that is set to nothing is not set. */
export function absentWhenEmpty(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

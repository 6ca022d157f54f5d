/** Expects a name that the checks across sections have found to exist. */
export function known<Value>(group: Record<string, Value>, name: string): Value {
  const value = group[name];
  if (value === undefined) throw new Error(`The policy file was accepted without ${name}`);
  return value;
}

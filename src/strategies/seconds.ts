/** Milliseconds as whole seconds, at least one: for limits, where a moment more or less is nothing. */
export function wholeSeconds(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds / 1000));
}

/** Milliseconds as seconds, exactly. */
export function exactSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

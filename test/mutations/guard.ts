/** A place in the code that refuses something, or keeps a race from having two winners. */
export type Guard = {
  /** What it is for, a sentence without a full stop. */
  name: string;
  file: string;
  /** Found exactly once in the file. */
  text: string;
  /** What stands there without the guard: code that runs, and lets through what the guard keeps out. */
  without: string;
  /** Test files; at least one test of them must fail without the guard. */
  tests: readonly string[];
};

/** Guards of one file, whose absence the same tests notice. */
export function guardsOf(
  { file, tests }: Pick<Guard, 'file' | 'tests'>,
  guards: readonly Pick<Guard, 'name' | 'text' | 'without'>[],
): Guard[] {
  return guards.map((guard) => ({ ...guard, file, tests }));
}

/** How often the text is found in what the file says. */
export function timesFound({ text }: Pick<Guard, 'text'>, content: string): number {
  return content.split(text).length - 1;
}

/** The file without the guard. Throws where its text is not found exactly once. */
export function withoutGuard(guard: Guard, content: string): string {
  const found = timesFound(guard, content);
  if (found !== 1) throw new Error(`“${guard.name}” is found ${found} times in ${guard.file}, not once`);
  return content.split(guard.text).join(guard.without);
}

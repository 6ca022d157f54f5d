/** What expressions may name: `inputs.commit`, `env.REPOSITORY`, `github.sha`. */
export type Names = Readonly<Record<'inputs' | 'env' | 'github', Readonly<Record<string, string>>>>;

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** A text with every `${{ }}` filled in. Throws an error that says what is not understood. */
export function filledIn(text: string, names: Names): string {
  return text.replace(EXPRESSION, (_, expression: string) => standsFor(expression, names));
}

/** Whether a step is run: its `if` is one name here, such as `inputs.push`. */
export function holds(condition: string, names: Names): boolean {
  const bare = condition.replace(EXPRESSION, '$1');
  return !['', 'false', '0'].includes(standsFor(bare, names));
}

/** A name that stands for nothing is empty, as at GitHub. */
function standsFor(expression: string, names: Names): string {
  const { scope, name } =
    /^\s*(?<scope>inputs|env|github)\.(?<name>[A-Za-z_][\w-]*)\s*$/.exec(expression)?.groups ?? {};
  if ((scope !== 'inputs' && scope !== 'env' && scope !== 'github') || name === undefined) {
    throw new Error(`This runner does not understand the expression ${expression.trim()}`);
  }
  return names[scope][name] ?? '';
}

import type { Policy } from '../domain/policy.ts';

/** One sentence for each environment variable that the policy names for a preview and that is not set. */
export function missingSecrets(policy: Policy, variables: Record<string, string | undefined>): string[] {
  const users = new Map<string, string>();
  for (const { name, runs } of policy.services) {
    for (const [environment, there] of Object.entries(runs)) {
      for (const { colours } of there) {
        if (colours !== undefined) users.set(colours.preview.valueFrom, `${name} in ${environment}`);
      }
    }
  }
  return [...users]
    .filter(([variable]) => (variables[variable] ?? '').trim() === '')
    .map(
      ([variable, user]) =>
        `${variable} is missing. It holds the secret of the preview header of ${user}: the listener rules that lead to one colour expect it, a dash and the colour.`,
    );
}

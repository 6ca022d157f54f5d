import type { GithubEnvironment } from './environment.ts';
import { keyHelp, privateKeyIn } from './private-key.ts';
import { isSet, type Variables } from './variables.ts';

export const tokenHelp =
  'A fine-grained one begins with github_pat_. Make it at github.com → Settings → Developer settings → Fine-grained tokens.';

type Read =
  | { kind: 'valid'; credentials?: GithubEnvironment['credentials'] }
  | { kind: 'invalid'; problems: string[] };

/** How Forge signs in at GitHub: with a token, or as an App with its private key; no problem repeats one. */
export function credentialsIn(variables: Variables): Read {
  const problems = problemsOf(variables);
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (isSet(variables, 'GITHUB_TOKEN')) {
    return { kind: 'valid', credentials: { kind: 'token', token: trimmed(variables, 'GITHUB_TOKEN') } };
  }
  if (!isSet(variables, 'GITHUB_APP_ID')) return { kind: 'valid' };
  const privateKey = privateKeyIn(trimmed(variables, 'GITHUB_APP_PRIVATE_KEY')) ?? '';
  const appId = trimmed(variables, 'GITHUB_APP_ID');
  return { kind: 'valid', credentials: { kind: 'app', appId, privateKey } };
}

function problemsOf(variables: Variables): string[] {
  const problems: string[] = [];
  const token = trimmed(variables, 'GITHUB_TOKEN');
  const id = trimmed(variables, 'GITHUB_APP_ID');
  const key = trimmed(variables, 'GITHUB_APP_PRIVATE_KEY');
  const hasFile = isSet(variables, 'GITHUB_APP_PRIVATE_KEY_FILE');
  if (token !== '' && !/^(?:github_pat|gh[a-z])_\S+$/.test(token)) {
    problems.push(`GITHUB_TOKEN does not look like a token. ${tokenHelp}`);
  }
  if (token !== '' && id !== '') {
    problems.push('GITHUB_TOKEN and GITHUB_APP_ID are both set, and only one could count. Remove one.');
  }
  if (id !== '' && !/^(?:\d{1,15}|Iv[\w.]{6,40})$/.test(id)) {
    problems.push(
      'GITHUB_APP_ID is not the id of a GitHub App. It is the number that stands at the top of its settings.',
    );
  }
  if (id !== '' && key === '' && !hasFile) {
    problems.push(
      `GITHUB_APP_PRIVATE_KEY is missing: an App signs in with it. ${keyHelp} Or name its file in GITHUB_APP_PRIVATE_KEY_FILE.`,
    );
  }
  if (id === '' && token === '' && (key !== '' || hasFile)) {
    problems.push(
      'GITHUB_APP_ID is missing: the private key is of an App. It is the number that stands at the top of its settings.',
    );
  }
  if (key !== '' && privateKeyIn(key) === undefined) {
    problems.push(
      `GITHUB_APP_PRIVATE_KEY is no private key. Put in the whole file, with its first and last line; line breaks may be written as \\n. ${keyHelp}`,
    );
  }
  return problems;
}

function trimmed(variables: Variables, name: string): string {
  return variables[name]?.trim() ?? '';
}

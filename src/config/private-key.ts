import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf } from '../domain/errors.ts';
import { isSet, type Variables } from './variables.ts';

export const keyHelp =
  'Make one at github.com → Settings → Developer settings → GitHub Apps → your app → Private keys.';

type WithKey = { variables: Variables; problems: string[] };

/** The variables with the private key itself where they name its file; a file that cannot be read is a problem in words. */
export async function withKeyFile(variables: Variables): Promise<WithKey> {
  const file = variables.GITHUB_APP_PRIVATE_KEY_FILE?.trim() ?? '';
  if (file === '' || isSet(variables, 'GITHUB_APP_PRIVATE_KEY')) return { variables, problems: [] };
  const unreadable = (why: string): WithKey => ({
    variables,
    problems: [`GITHUB_APP_PRIVATE_KEY_FILE names ${file}, which ${why}. ${keyHelp}`],
  });
  try {
    const key = await readFile(file, 'utf8');
    if (key.trim() === '') return unreadable('is empty');
    return { variables: { ...variables, GITHUB_APP_PRIVATE_KEY: key }, problems: [] };
  } catch (error) {
    return unreadable(`cannot be read (${messageOf(error)})`);
  }
}

/** A private key in PEM with real line breaks; undefined where it is none. What OpenSSL says of it is never told: that may hold a part of the key. */
export function privateKeyIn(text: string): string | undefined {
  const pem = text.replaceAll('\\n', '\n').trim();
  try {
    createPrivateKey(pem);
    return `${pem}\n`;
  } catch {
    return undefined;
  }
}

import { createPrivateKey } from 'node:crypto';
import { CodeHostRefused } from '../ports/code-host.ts';

/** How Forge signs in: with a fine-grained token, or as a GitHub App whose installations are found by repository. */
export type GithubCredentials =
  | { kind: 'token'; token: string }
  /** `privateKey`: PEM, whose line breaks may be written as `\n`. */
  | { kind: 'app'; appId: string; privateKey: string };

/** The private key as a library wants it. Says in words what is no key; never shows it. */
export function pemOf(privateKey: string): string {
  const pem = privateKey.replaceAll('\\n', '\n').trim();
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error('GitHub signs in with RSA keys');
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    // Without the cause: what OpenSSL says may hold a part of the key.
    throw new CodeHostRefused(
      'The private key of the GitHub App is none. Put the whole file that GitHub gave you into GITHUB_APP_PRIVATE_KEY, with its first and last line, or name the file in GITHUB_APP_PRIVATE_KEY_FILE.',
      'credentials',
    );
  }
}

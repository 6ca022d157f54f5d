import { createVerify, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { GithubError } from '../github-error.ts';
import { ACCOUNTS, APP, tokenOf } from '../people.ts';
import type { Settings } from '../settings.ts';
import type { Caller } from './caller.ts';

const INSTALLATION_TOKEN_MS = 3_600_000;
/** How long GitHub lets the token of an App live. */
const LONGEST_JWT_SECONDS = 600;
/** For clocks that differ. */
const LEEWAY_SECONDS = 60;

const Claims = z.object({
  iss: z.coerce.string(),
  iat: z.int(),
  exp: z.int(),
});

type Limits = {
  permissions?: Settings['permissions'] | undefined;
  repositories?: readonly string[] | undefined;
};
type Minted = Limits & { expiresAt: number };

/** Making a key takes long: one does for a process. */
let keys: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined;

/** Who may call: people by fixed tokens, Forge's App by its key and the tokens that it gets for it. */
export class Tokens {
  /** PEM, for Forge. */
  readonly privateKey: string;
  readonly #publicKey: KeyObject;
  readonly #minted = new Map<string, Minted>();
  readonly #people = new Map(ACCOUNTS.map(({ login }) => [tokenOf(login), login]));
  readonly #now: () => number;

  private constructor(pair: { publicKey: KeyObject; privateKey: KeyObject }, now: () => number) {
    this.#publicKey = pair.publicKey;
    this.privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    this.#now = now;
  }

  static async create(now: () => number): Promise<Tokens> {
    keys ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    return new Tokens(await keys, now);
  }

  mint(limits: Limits): { token: string; expiresAt: number } {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    const expiresAt = this.#now() + INSTALLATION_TOKEN_MS;
    this.#minted.set(token, { ...limits, expiresAt });
    return { token, expiresAt };
  }

  /** Of an `Authorization` header, of which git's Basic has the token for its password. Throws GithubError 401. */
  callerOf(authorization: string | undefined): Caller {
    if (authorization === undefined) return { kind: 'nobody' };
    const token = tokenIn(authorization);
    const login = this.#people.get(token);
    if (login !== undefined) return { kind: 'person', login };
    const minted = this.#minted.get(token);
    if (minted !== undefined && minted.expiresAt > this.#now()) {
      const { permissions, repositories } = minted;
      return { kind: 'installation', permissions, repositories };
    }
    if (token.split('.').length === 3) return this.#verified(token);
    throw badCredentials();
  }

  #verified(jwt: string): Caller {
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const isSigned = createVerify('RSA-SHA256')
      .update(`${header}.${payload}`)
      .verify(this.#publicKey, signature, 'base64url');
    const claims = Claims.safeParse(parsed(payload));
    if (!isSigned || !claims.success) {
      throw new GithubError(401, 'A JSON web token could not be decoded');
    }
    const { iss, iat, exp } = claims.data;
    const now = this.#now() / 1000;
    if (iss !== String(APP.id)) throw new GithubError(404, 'Integration not found');
    if (exp > now + LONGEST_JWT_SECONDS + LEEWAY_SECONDS) {
      throw new GithubError(401, "'Expiration time' claim ('exp') is too far in the future");
    }
    if (exp < now) {
      throw new GithubError(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    }
    if (iat > now + LEEWAY_SECONDS) {
      throw new GithubError(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    }
    return { kind: 'app' };
  }
}

export function badCredentials(): GithubError {
  return new GithubError(401, 'Bad credentials');
}

function tokenIn(authorization: string): string {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'basic') return credentials;
  const [user = '', password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return password === '' ? user : password;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

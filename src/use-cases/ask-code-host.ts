import { UserError } from '../domain/errors.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { type Adapters, PATIENCE } from './adapters.ts';

/** The code host. Throws a `UserError` where Forge is not connected to one. */
export function requireCodeHost({ codeHost, policy }: Pick<Adapters, 'codeHost' | 'policy'>): CodeHost {
  if (codeHost !== undefined && policy.github !== undefined) return codeHost;
  throw new UserError(
    'Forge is not connected to GitHub. Nothing was done. Whoever looks after forge.yml can connect it with `github:`.',
  );
}

/** Asks the code host for a person who waits, and puts what it does not answer or refuses into a `UserError`. */
export async function askCodeHost<Answer>(ask: (options: CallOptions) => Promise<Answer>): Promise<Answer> {
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    return await ask({ signal });
  } catch (error) {
    if (error instanceof CodeHostRefused) {
      throw new UserError(`${error.message} Nothing was done.`, { cause: error });
    }
    if (!(error instanceof CodeHostUnavailable) && !signal.aborted) throw error;
    throw new UserError('GitHub does not answer at the moment. Try again in a minute.', { cause: error });
  }
}

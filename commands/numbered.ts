import type { Deployment } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import type { Asking } from './command.ts';
import { shown } from './shown.ts';
import { theNumber, type Words, withBareNumbers } from './words.ts';

/**
 * The one deployment that was named. Throws a `UserError` when there is none or more than one, and for words beside the
 * number that are about something else: one of the two is a mistake, and nobody knows which.
 */
export async function numbered(words: Words, command: string, { forge }: Asking): Promise<number> {
  const number = theNumber(words, command);
  const deployment = await forge.deployment(number);
  const other = otherWord(withBareNumbers(words), deployment);
  if (other === undefined) return number;
  const { plan, service, environment } = deployment;
  throw new UserError(
    `Nothing was done: #${number} is ${plan.to.version} on ${service} in ${environment}, and you typed “${shown(other)}” too. If you mean #${number}, type \`/forge ${command} #${number}\`.`,
  );
}

/** The first word that does not fit the deployment. */
function otherWord(words: Words, { service, environment, plan }: Deployment): string | undefined {
  return (
    words.services.find((name) => name !== service) ??
    words.environments.find((name) => name !== environment) ??
    words.rest.find((word) => word !== plan.to.version)
  );
}

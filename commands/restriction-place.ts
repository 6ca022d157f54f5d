import { UserError } from '../src/domain/errors.ts';
import { environmentNamed, type Policy } from '../src/domain/policy.ts';
import { code } from '../views/text.ts';
import type { Issue } from './command.ts';
import { placeMisfit, refuseMisspelt, unknownEnvironment } from './place.ts';
import { shown } from './shown.ts';
import type { Words } from './words.ts';

/** Why one place cannot be told from the words, in mrkdwn; undefined when it can. */
export function twoMeant({ services, environments }: Words): string | undefined {
  const named = [services, environments].filter((names) => names.length > 1);
  if (named.length === 0) return undefined;
  const choices = named.map((names) => names.map(code).join(' or '));
  return `Which one do you mean, ${choices.join(', and ')}?`;
}

/** Throws a `UserError` for words that nobody knows: leaving them out unsaid would do something else than was typed. */
export function refuseUnknown(rest: readonly string[], command: string, policy: Policy): void {
  refuseMisspelt(rest, policy);
  const [unknown] = rest;
  if (unknown === undefined) return;
  throw new UserError(
    `Nothing was done: \`${command}\` can make nothing of “${shown(unknown)}”. A time follows \`until\`, \`from\` or \`for\`, a reason \`because\`.`,
  );
}

/** What is wrong with the place of a form's answer. */
export function restrictionMisfit(
  { environment, service }: { environment: string; service?: string | undefined },
  policy: Policy,
): Issue | undefined {
  if (environmentNamed(policy, environment) === undefined) {
    return { field: 'environment', message: unknownEnvironment(environment, policy) };
  }
  return service === undefined ? undefined : placeMisfit(policy, { service, environment });
}

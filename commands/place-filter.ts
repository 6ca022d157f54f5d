import { UserError } from '../src/domain/errors.ts';
import type { Asking } from './command.ts';
import { refuseMisspelt } from './place.ts';
import { shown } from './shown.ts';
import { numberMeant, type Words } from './words.ts';

/** The service and environment of a question. Throws a `UserError` for a word nobody knows, or more than one of a kind. */
export function placeFilter(
  words: Words,
  command: string,
  { forge }: Asking,
): { service?: string; environment?: string } {
  const { policy } = forge;
  const number = numberMeant(words);
  if (number !== undefined) {
    throw new UserError(`To see one deployment, type its number with the sign: \`/forge status ${number}\`.`);
  }
  refuseMisspelt(words.rest, policy);
  const [unknown] = words.rest;
  if (unknown !== undefined) {
    const known = [...policy.services, ...policy.environments].map(({ name }) => `\`${name}\``);
    throw new UserError(
      `There is no service or environment called “${shown(unknown)}”. Known are ${known.join(', ')}.`,
    );
  }
  const [service, otherService] = words.services;
  const [environment, otherEnvironment] = words.environments;
  if (otherService !== undefined || otherEnvironment !== undefined) {
    throw new UserError(
      `Name one service or one environment, or both; \`/forge ${command}\` alone is about everything.`,
    );
  }
  return {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
  };
}

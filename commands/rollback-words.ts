import { UserError } from '../src/domain/errors.ts';
import { plainMessage } from '../views/blocks.ts';
import { rollbackPlaceForm } from '../views/confirm-form.ts';
import { code } from '../views/text.ts';
import type { Asking, Reading } from './command.ts';
import { given, only } from './given.ts';
import { numbered } from './numbered.ts';
import {
  examplePlace,
  impliedService,
  looksLikeRelease,
  refuseMisspelt,
  unknownEnvironment,
} from './place.ts';
import { shown } from './shown.ts';
import { refuseUnusable } from './unusable-words.ts';
import { type Words, withBareNumbers } from './words.ts';

/** What words after `rollback` come to. An environment is never guessed. */
export async function rollbackFromWords(typed: Words, asking: Asking): Promise<Reading> {
  const { policy } = asking.forge;
  const words = withBareNumbers(typed);
  refuseUnusable(words, 'rollback', ['strategies', 'regions']);
  if (words.numbers.length > 0) {
    return {
      kind: 'input',
      value: { deployment: await numbered(words, 'rollback', asking), ...given({ why: words.why }) },
    };
  }
  refuseRest(words, asking);
  const environment = only(words.environments);
  const implied = environment === undefined ? undefined : impliedService(policy, environment);
  const service = words.services.length === 0 ? implied : only(words.services);
  const known = given({ service, environment, why: words.why });
  if (service !== undefined && environment !== undefined) return { kind: 'input', value: known };
  return {
    kind: 'reply',
    reply: {
      kind: 'form',
      form: rollbackPlaceForm({
        policy,
        note: 'What should be rolled back? You will see from what to what before anything happens.',
        ...known,
      }),
      otherwise: plainMessage(
        `Say what to roll back, like ${code(`/forge rollback ${examplePlace(policy)}`)}. Nothing was done.`,
      ),
    },
  };
}

function refuseRest(words: Words, { forge }: Asking): void {
  if (words.environments.length === 0 || words.services.length === 0)
    refuseMisspelt(words.rest, forge.policy);
  const [word] = words.rest;
  if (word === undefined) return;
  if (words.environments.length === 0 && !looksLikeRelease(word, forge.policy)) {
    throw new UserError(`${unknownEnvironment(word, forge.policy)} Nothing was done.`);
  }
  const named = [...words.services, ...words.environments].join(' ');
  const place = named === '' ? examplePlace(forge.policy) : named;
  throw new UserError(
    `A rollback goes to the release that ran before. To go to “${shown(word)}”, deploy it: \`/forge deploy ${place} ${shown(word)}\`. Nothing was done.`,
  );
}

import { UserError } from '../src/domain/errors.ts';
import type { Policy } from '../src/domain/policy.ts';
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
  const { words, ...emergency } = withoutEmergency(withBareNumbers(typed));
  refuseUnusable(words, 'rollback', ['strategies', 'regions']);
  if (words.numbers.length > 0) return { kind: 'input', value: await ofNumber(words, emergency, asking) };
  refuseRest(words, asking);
  const environment = only(words.environments);
  const implied = environment === undefined ? undefined : impliedService(policy, environment);
  const service = words.services.length === 0 ? implied : only(words.services);
  const version = only(words.rest);
  const known = given({ service, environment, why: words.why });
  if (service !== undefined && environment !== undefined) {
    return { kind: 'input', value: { ...known, ...emergency, ...given({ version }) } };
  }
  if (version !== undefined) throw new UserError(placeMissing(version, words, policy));
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
  if (words.rest.length === 1) return;
  const named = words.rest.map((one) => `“${shown(one)}”`).join(' or ');
  throw new UserError(`Which release should it go back to, ${named}? Name one. Nothing was done.`);
}

/** An environment is never guessed, and a version alone does not say one. */
function placeMissing(version: string, { services, environments }: Words, policy: Policy): string {
  const place = [...services, ...environments].length === 1 ? [...services, ...environments].join('') : '';
  const example = code(`/forge rollback ${examplePlace(policy)} ${shown(version)}`);
  const named = place === '' ? '' : `, not only ${shown(place)}`;
  return `To go back to “${shown(version)}”, name the service and the environment${named}, like ${example}. Nothing was done.`;
}

/** The word is about how, wherever it stands; a release cannot be called that. */
function withoutEmergency(words: Words): { words: Words; emergency?: true } {
  const rest = words.rest.filter((word) => word.toLowerCase() !== 'emergency');
  const isEmergency = rest.length < words.rest.length;
  return { words: { ...words, rest }, ...(isEmergency ? { emergency: true } : {}) };
}

/** A release beside a number is the one to go back to, unless it is the deployment's own. */
async function ofNumber(words: Words, emergency: { emergency?: true }, asking: Asking): Promise<unknown> {
  const [word] = words.rest;
  const isRelease =
    word !== undefined && words.rest.length === 1 && looksLikeRelease(word, asking.forge.policy);
  const deployment = await numbered(isRelease ? { ...words, rest: [] } : words, 'rollback', asking);
  const own = (await asking.forge.deployment(deployment)).plan.to.version;
  const version = isRelease && word !== own ? word : undefined;
  return { deployment, ...emergency, ...given({ version, why: words.why }) };
}

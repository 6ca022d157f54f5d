import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { automaticState, holdPlacedMessage, resumedMessage } from '../views/automatic.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { given, only } from './given.ts';
import { impliedService, placeNamed, refuseMisspelt } from './place.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  service: z.string(),
  environment: z.string(),
  /** Absent: how it stands. */
  on: z.boolean().optional(),
  /** The hold that was seen, where it is to end. */
  hold: z.string().optional(),
  /** The same, by the deployment because of which there is one. */
  since: z.int().optional(),
  why: Reason,
});
type Input = z.infer<typeof Input>;

export const automatic = defineCommand<Input>({
  name: 'automatic',
  usage: 'automatic <environment> [service] on|off [because …]',
  summary: 'holds what is deployed without anybody asking, or lets it go on',
  act: 'read',
  place: ({ service, environment }) => ({ service, environment }),
  input: Input,
  fromWords,
  run,
});

function fromWords(words: Words, { forge }: Asking): Reading {
  refuseUnusable(words, 'automatic', ['numbers', 'strategies', 'regions']);
  const said = words.said.map((word) => word.toLowerCase()).filter((word) => word === 'on' || word === 'off');
  const isOnOff = (word: string) => ['on', 'off'].includes(word.toLowerCase());
  refuseMisspelt(
    words.rest.filter((word) => !isOnOff(word)),
    forge.policy,
  );
  const environment = only(words.environments);
  if (environment === undefined || new Set(said).size > 1) throw new UserError(usage);
  const service = only(words.services) ?? impliedService(forge.policy, environment);
  if (service === undefined || words.services.length > 1) throw new UserError(usage);
  const [word] = said;
  const on = word === undefined ? {} : { on: word === 'on' };
  return { kind: 'input', value: { service, environment, ...on, ...given({ why: words.why }) } };
}

const usage =
  'Nothing was done: name one environment, one service, and whether it is to be on or off, like `/forge automatic staging api off because we look into it`.';

async function run({ on, hold, since, why, ...names }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  placeNamed(forge.policy, names);
  const reason = why === undefined ? {} : { why };
  if (on === undefined) {
    return { kind: 'private', message: automaticState(names, await forge.automaticHold(names)) };
  }
  if (!on) {
    // Whoever may stop a deployment may stop those to come.
    await asking.permit({ act: 'pause', ...names });
    await forge.holdAutomatic({ ...names, ...reason }, caller);
    return { kind: 'private', message: holdPlacedMessage(names) };
  }
  await asking.permit({ act: 'deploy', ...names });
  const missed = await forge.heldRefs(names);
  await forge.resumeAutomatic({ ...names, ...reason, hold, since }, caller);
  return { kind: 'private', message: resumedMessage(names, missed) };
}

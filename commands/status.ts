import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { touches } from '../src/domain/freeze.ts';
import { overlap } from '../src/domain/lock.ts';
import { deploymentMessage } from '../views/deployment-message.ts';
import { statusMessage } from '../views/status.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { deploymentView } from './deployment-view.ts';
import { numbered } from './numbered.ts';
import { placeFilter } from './place-filter.ts';
import { shownHolds } from './shown-holds.ts';
import { refuseUnusable } from './unusable-words.ts';
import { type Words, withBareNumbers } from './words.ts';

const Input = z.strictObject({
  deployment: z.int().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
});
type Input = z.infer<typeof Input>;

export const status = defineCommand<Input>({
  name: 'status',
  usage: 'status [service] [environment] [#number]',
  summary: 'what is live where, what is under way, frozen or locked; with a number, that deployment',
  act: 'read',
  input: Input,
  fromWords,
  run,
});

async function fromWords(typed: Words, asking: Asking): Promise<Reading> {
  const words = withBareNumbers(typed);
  refuseUnusable(words, 'status', ['strategies', 'regions']);
  if (words.numbers.length === 0) return { kind: 'input', value: placeFilter(words, 'status', asking) };
  return { kind: 'input', value: { deployment: await numbered(words, 'status', asking) } };
}

async function run(input: Input, asking: Asking): Promise<Reply> {
  if (input.deployment !== undefined) return oneDeployment(input.deployment, asking);
  const { service, environment } = input;
  const statuses = await asking.forge.status({
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
  });
  if (statuses.length === 0) {
    throw new UserError(`${service ?? 'Nothing'} does not run in ${environment ?? 'any environment'}.`);
  }
  const { forge } = asking;
  const [late, freezes, locks, held] = await Promise.all([
    forge.lateMessages(),
    forge.freezes(),
    forge.locks(),
    forge.automaticHolds(),
  ]);
  const places = statuses.map((one) => ({ service: one.service.name, environment: one.environment.name }));
  const restrictions = {
    freezes: freezes.filter(({ scope }) => places.some((place) => touches(scope, place))),
    locks: locks.filter((lock) => places.some((place) => overlap(lock, place))),
  };
  const here = held.filter((hold) => places.some((place) => overlap(hold, place)));
  const holds = await shownHolds(here, (place) => asking.roles(place));
  const message = statusMessage(statuses, forge.now(), { late, holds, ...restrictions });
  return { kind: 'private', message };
}

async function oneDeployment(number: number, { forge }: Asking): Promise<Reply> {
  const deployment = await forge.deployment(number);
  return { kind: 'private', message: deploymentMessage(deploymentView(deployment, forge)) };
}

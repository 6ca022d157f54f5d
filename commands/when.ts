import { z } from 'zod';
import { type Deployment, isInTheWay } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import { environmentNamed, type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { WhenAnswer } from '../src/use-cases/when.ts';
import { whenMessage } from '../views/when.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { given, only } from './given.ts';
import { placeNamed, refuseMisspelt, unknownEnvironment } from './place.ts';
import { readTime } from './read-time.ts';
import { Time } from './restriction-input.ts';
import { twoMeant } from './restriction-place.ts';
import { askWhichTime, requireTime, type Times } from './restriction-times.ts';
import { timedWords } from './timed-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  environment: z.string(),
  service: z.string().optional(),
  at: Time.optional(),
});
type Input = z.infer<typeof Input>;

export const when = defineCommand<Input>({
  name: 'when',
  usage: 'when <environment> [service] [time]',
  summary: 'whether you could deploy there now, or then, and if not, when',
  act: 'read',
  place: ({ environment, service }) => ({ environment, ...given({ service }) }),
  input: Input,
  fromWords,
  run,
});

function fromWords(words: Words, asking: Asking): Reading {
  const { forge, person } = asking;
  refuseUnusable(words, 'when', ['numbers', 'strategies', 'regions']);
  const timed = timedWords(words, forge.policy);
  const environment = only(words.environments);
  const two = twoMeant(words);
  if (two !== undefined) throw new UserError(`${two} Ask about one at a time.`.replaceAll('`', ''));
  const said = timed.from ?? timed.rest.filter((word) => word.toLowerCase() !== 'at').join(' ');
  const here = { now: forge.now(), zone: person.timeZone };
  const read = said === '' ? undefined : readTime(said, here);
  if (read?.kind === 'unclear') refuseMisspelt(timed.rest, forge.policy);
  if (environment === undefined) {
    const known = forge.policy.environments.map(({ name }) => `\`/forge when ${name}\``);
    throw new UserError(`Which environment? Type ${known.join(' or ')}.`);
  }
  const inputOf = (at: number | undefined) => ({
    ...{ environment, ...given({ service: only(words.services) }) },
    ...(at === undefined ? {} : { at }),
  });
  if (read === undefined) return { kind: 'input', value: inputOf(undefined) };
  const time = requireTime(read, said, here);
  if (time.kind !== 'twice') return { kind: 'input', value: inputOf(time.at) };
  const options = time.at.map((at, index) => ({
    times: { from: at },
    label: index === 0 ? 'The first time' : 'The second time',
  }));
  const input = ({ from }: Times) => inputOf(from);
  return askWhichTime({ kind: 'sure', options, said }, { command: 'when', input }, asking);
}

async function run({ environment: name, service: of, at }: Input, { forge, caller }: Asking): Promise<Reply> {
  const environment = environmentNamed(forge.policy, name);
  if (environment === undefined) throw new UserError(unknownEnvironment(name, forge.policy));
  const service =
    of === undefined ? {} : { service: placeNamed(forge.policy, { service: of, environment: name }).service };
  const now = forge.now();
  if (at !== undefined && at < now) {
    throw new UserError('That time is past. Ask about now, with no time, or about a later one.');
  }
  const answer = await forge.whenToDeploy({
    ...{ environment, by: caller.actor.userId, ...service },
    ...(at === undefined ? {} : { at }),
  });
  const busy = (await forge.underWay()).filter((one) => isInTheWay(one) && isThere(one, answer));
  const titled = busy.map((deployment) => ({ deployment, title: titleOf(deployment, forge.policy) }));
  return { kind: 'private', message: whenMessage(answer, at === undefined ? answer.at : now, titled) };
}

function isThere(
  deployment: Deployment,
  { environment, service }: Pick<WhenAnswer, 'environment' | 'service'>,
): boolean {
  return deployment.environment === environment && (service === undefined || deployment.service === service);
}

function titleOf({ service }: Deployment, policy: Policy): string {
  return serviceNamed(policy, service)?.title ?? service;
}

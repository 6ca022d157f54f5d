import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import type { FreezeScope } from '../src/domain/freeze.ts';
import { type Policy, serviceNamed } from '../src/domain/policy.ts';
import { plainMessage } from '../views/blocks.ts';
import { freezePlacedMessage } from '../views/freezes.ts';
import { EVERYWHERE, type RestrictionFormContent, restrictionForm } from '../views/restriction-form.ts';
import { type Asking, defineCommand, type Issue, type Reading, type Reply } from './command.ts';
import { fieldText, fieldTime } from './form-fields.ts';
import { only } from './given.ts';
import { RequiredReason, Time } from './restriction-input.ts';
import { refuseUnknown, restrictionMisfit, twoMeant } from './restriction-place.ts';
import { askWhichTime, readTimes, type Times } from './restriction-times.ts';
import { timedWords } from './timed-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  /** `EVERYWHERE`: all of them. */
  environment: z.string({ error: 'Choose an environment, or everywhere.' }),
  service: z.string().optional(),
  from: Time.optional(),
  until: Time,
  why: RequiredReason,
});
type Input = z.infer<typeof Input>;

export const freeze = defineCommand<Input>({
  name: 'freeze',
  usage: 'freeze <environment or everywhere> [service] [from <time>] until <time> because …',
  summary: 'nothing starts there meanwhile, but an emergency',
  act: 'freeze',
  place: ({ environment, service }) => ({
    ...(environment === EVERYWHERE ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
  }),
  input: Input,
  fromWords,
  fromForm: (values) => ({
    environment: fieldText(values, 'environment'),
    service: fieldText(values, 'service'),
    from: fieldTime(values, 'from'),
    until: fieldTime(values, 'until'),
    why: fieldText(values, 'why'),
  }),
  misfit,
  run,
});

function fromWords(words: Words, asking: Asking): Reading {
  const { forge, person } = asking;
  const { policy } = forge;
  refuseUnusable(words, 'freeze', ['numbers', 'strategies', 'regions']);
  const timed = timedWords(words, policy);
  refuseUnknown([...timed.rest, ...words.said.filter((word) => word.startsWith('@'))], 'freeze', policy);
  const read = readTimes(timed, { now: forge.now(), zone: person.timeZone });
  const place = { environment: environmentOf(words, timed.isEverywhere), service: only(words.services) };
  const inputOf = (times: Times) => defined({ ...place, ...times, why: words.why });
  const isTwoPlaces = timed.isEverywhere && words.environments.length > 0;
  const note = isTwoPlaces ? 'Everywhere, or in one environment? Choose one.' : twoMeant(words);
  const times = read.kind === 'guess' ? read.times : (read.options[0]?.times ?? {});
  const isWhole = place.environment !== undefined && times.until !== undefined && words.why !== undefined;
  if (note !== undefined || read.kind === 'guess' || !isWhole) {
    return asForm({ ...inputOf(times), note: note ?? missing(read.kind) }, asking);
  }
  if (read.options.length > 1) return askWhichTime(read, { command: 'freeze', input: inputOf }, asking);
  return { kind: 'input', value: inputOf(times) };
}

function environmentOf({ environments }: Words, isEverywhere: boolean): string | undefined {
  if (!isEverywhere) return only(environments);
  return environments.length === 0 ? EVERYWHERE : undefined;
}

function missing(kind: 'sure' | 'guess'): string {
  return kind === 'guess'
    ? 'Is this the time you mean? Nothing is frozen yet.'
    : 'What is frozen, until when, and why? Nothing is frozen yet.';
}

function asForm(content: Omit<RestrictionFormContent, 'command' | 'policy'>, { forge }: Asking): Reading {
  const otherwise = plainMessage(
    'Slack did not let Forge open its form in time, so nothing was done: type it all, like `/forge freeze production until Friday 18:00 because of the sale`.',
  );
  const form = restrictionForm({ command: 'freeze', policy: forge.policy, ...content });
  return { kind: 'reply', reply: { kind: 'form', form, otherwise } };
}

function misfit({ environment, service, from, until }: Input, policy: Policy): Issue | undefined {
  if (from !== undefined && until <= from) {
    return { field: 'until', message: 'It must end after it begins.' };
  }
  if (environment !== EVERYWHERE) return restrictionMisfit({ environment, service }, policy);
  if (service === undefined || serviceNamed(policy, service) !== undefined) return undefined;
  return { field: 'service', message: 'There is no service of this name any more. Choose another.' };
}

async function run(input: Input, { forge, caller }: Asking): Promise<Reply> {
  const problem = misfit(input, forge.policy);
  if (problem !== undefined) throw new UserError(`Nothing was done. ${problem.message}`);
  const { environment, service, from, until, why } = input;
  const scope: FreezeScope = {
    ...(service === undefined ? {} : { services: [service] }),
    ...(environment === EVERYWHERE ? {} : { environments: [environment] }),
  };
  const placed = await forge.placeFreeze(
    { scope, until, reason: why, ...(from === undefined ? {} : { from }) },
    caller,
  );
  return { kind: 'private', message: freezePlacedMessage(placed, forge.now()) };
}

type Known = Partial<Record<'environment' | 'service' | 'why', string> & Times>;

/** Leaves out what is undefined. */
function defined(known: { [Key in keyof Known]?: Known[Key] | undefined }): Known {
  const { environment, service, why, from, until } = known;
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
    ...(why === undefined ? {} : { why }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

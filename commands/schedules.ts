import { z } from 'zod';
import { isScheduled } from '../src/domain/schedule.ts';
import { scheduleList } from '../views/schedules.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { given, only } from './given.ts';
import { refuseMisspelt } from './place.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({ service: z.string().optional(), environment: z.string().optional() });
type Input = z.infer<typeof Input>;

export const schedules = defineCommand<Input>({
  name: 'schedules',
  usage: 'schedules [service] [environment]',
  summary: 'what is scheduled, with buttons to change or cancel it',
  act: 'read',
  place: ({ service, environment }) => given({ service, environment }),
  input: Input,
  fromWords,
  run,
});

function fromWords(words: Words, { forge }: Asking): Reading {
  refuseUnusable(words, 'schedules', ['numbers', 'strategies', 'regions']);
  refuseMisspelt(words.rest, forge.policy);
  const { services, environments } = words;
  return { kind: 'input', value: given({ service: only(services), environment: only(environments) }) };
}

async function run({ service, environment }: Input, { forge }: Asking): Promise<Reply> {
  const isMeant = (one: { service: string; environment: string }) =>
    (service ?? one.service) === one.service && (environment ?? one.environment) === one.environment;
  const scheduled = (await forge.underWay()).filter(isScheduled).filter(isMeant);
  const recurring = (await forge.recurrings()).filter(isMeant);
  return { kind: 'private', message: scheduleList({ scheduled, recurring }, forge.policy) };
}

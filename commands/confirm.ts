import { z } from 'zod';
import { askedAbout } from '../src/domain/approval-standing.ts';
import { UserError } from '../src/domain/errors.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import { goesOut } from '../views/approval.ts';
import { plainMessage } from '../views/blocks.ts';
import { confirmStartForm } from '../views/schedule-form.ts';
import { differences } from '../views/thread-schedule.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { Shown, shownOf } from './let-start.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject(Shown);
type Input = z.infer<typeof Input>;

export const confirm = defineCommand<Input>({
  name: 'confirm',
  usage: 'confirm <#number>',
  summary: 'lets your scheduled deployment start though it is not as it was scheduled',
  act: 'schedule',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'confirm', ['strategies', 'regions']);
    return { kind: 'input', value: { deployment: await numbered(words, 'confirm', asking) } };
  },
  fromForm: (_values, hidden) => shownOf(hidden),
  run,
});

async function run({ deployment, digest }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  if (digest === undefined) return question(deployment, asking);
  const { number } = await forge.confirmStart({ deployment, digest }, caller);
  const text = `Forge looks at #${number} again now, and starts it as it is as soon as it may. Its message shows how it goes on.`;
  return { kind: 'private', message: plainMessage(text) };
}

/** Shows what would start, with what has changed. */
async function question(number: number, { forge, caller }: Asking): Promise<Reply> {
  const deployment = await forge.deployment(number);
  const { service, plan, startAt, ownerAsked } = deployment;
  if (ownerAsked === undefined) {
    throw new UserError(`Nobody has to confirm #${number} now. Its message shows what it waits for.`);
  }
  forge.requireOwner(deployment, caller);
  const title = serviceNamed(forge.policy, service)?.title ?? service;
  const paragraphs = [
    ...goesOut(deployment, title),
    `It is not as it was scheduled:${differences(ownerAsked.changes)}`,
  ];
  const digest = askedAbout(plan, forge.policy.version, startAt);
  return {
    kind: 'form',
    form: confirmStartForm({ deployment: number, digest, paragraphs }),
    otherwise: plainMessage(
      `Slack did not let Forge ask you in time, so nothing was done yet: type \`/forge confirm #${number}\` again.`,
    ),
  };
}

import { z } from 'zod';
import { requireAbortable, staleness } from '../src/domain/decisions.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Forge } from '../src/forge.ts';
import { plainMessage, section } from '../views/blocks.ts';
import { deploymentButtons } from '../views/deployment-buttons.ts';
import { headline } from '../views/deployment-headline.ts';
import { previousVersion } from '../views/deployment-words.ts';
import { escaped } from '../views/text.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { deploymentView } from './deployment-view.ts';
import { fieldText } from './form-fields.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { Seen, seenOf, shownFor } from './seen.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({ deployment: z.int(), ...Seen, why: Reason });
type Input = z.infer<typeof Input>;

export const abort = defineCommand<Input>({
  name: 'abort',
  usage: 'abort <#number> [because …]',
  summary: 'stops a deployment that is under way and puts back what was live',
  act: 'abort',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords,
  fromForm: (values, hidden) => ({ ...shownFor(hidden), why: fieldText(values, 'why') }),
  run,
});

async function fromWords(words: Words, asking: Asking): Promise<Reading> {
  refuseUnusable(words, 'abort', ['strategies', 'regions']);
  const deployment = await numbered(words, 'abort', asking);
  const why = words.why === undefined ? {} : { why: words.why };
  return { kind: 'input', value: { deployment, ...why } };
}

async function run(input: Input, { forge, caller }: Asking): Promise<Reply> {
  const seen = seenOf(input);
  const deployment = await forge.deployment(input.deployment);
  const stale = seen === undefined ? undefined : staleness(deployment, seen);
  if (stale !== undefined) return askAgain(deployment, stale, forge);
  const why = input.why === undefined ? {} : { why: input.why };
  const aborted = await forge.abort({ deployment: input.deployment, ...why }, caller);
  const before = escaped(previousVersion(aborted));
  const text =
    aborted.startedAt === undefined
      ? `#${aborted.number} is stopped. Nothing was changed yet.`
      : `#${aborted.number} is being aborted: ${before} is being put back. Its message shows when that is confirmed.`;
  return { kind: 'private', message: plainMessage(text) };
}

/** The click was about something else than what is now: it does nothing, and the person sees what is, with a fresh button. */
function askAgain(deployment: Deployment, stale: string, forge: Forge): Reply {
  requireAbortable(deployment);
  const view = deploymentView(deployment, forge);
  const text = `Nothing was done: #${deployment.number} is not what it was when you pressed; ${stale} Now: ${escaped(headline(deployment, { service: view.title }))}.`;
  const blocks = [section(text), ...deploymentButtons(view)];
  return { kind: 'private', message: { text, blocks } };
}

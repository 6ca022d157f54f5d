import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { letStartQuestion, Shown, shownOf } from './let-start.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ ...Shown, why: Reason });
type Input = z.infer<typeof Input>;

export const emergency = defineCommand<Input>({
  name: 'emergency',
  usage: 'emergency <#number> because …',
  summary: 'lets a waiting deployment start at once; for incident commanders',
  act: 'emergency',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'emergency', ['strategies', 'regions']);
    const deployment = await numbered(words, 'emergency', asking);
    return { kind: 'input', value: { deployment, ...given({ why: words.why }) } };
  },
  fromForm: (values, hidden) => ({ ...shownOf(hidden), ...given({ why: fieldText(values, 'why') }) }),
  run,
});

async function run({ deployment, digest, why }: Input, { forge, caller }: Asking): Promise<Reply> {
  if (digest === undefined) {
    const state = await forge.deployment(deployment);
    forge.requireDeclarable(state, caller);
    const isStart = state.startedAt === undefined;
    const starts = isStart
      ? 'It starts at once: without the votes that are missing, at any time,'
      : 'It goes on at once: at any time,';
    const question = {
      ...({
        command: 'emergency',
        title: 'Emergency',
        yes: isStart ? 'Start at once' : 'Go on at once',
      } as const),
      ...{ why, isReasonNeeded: true },
      means: `:rotating_light: ${starts} during freezes and over locks. Image, health and gates are checked as ever. Everybody sees that you decided it, and a review is due in 24 hours.`,
    };
    return letStartQuestion(state, question, forge);
  }
  const { number, startedAt } = await forge.emergency({ deployment, digest, ...given({ why }) }, caller);
  const text = `#${number} is an emergency now and ${startedAt === undefined ? 'starts' : 'goes on'} at once. A review is due in 24 hours: \`/forge review #${number}\`.`;
  return { kind: 'private', message: plainMessage(text) };
}

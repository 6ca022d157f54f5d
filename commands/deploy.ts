import { z } from 'zod';
import type { Release } from '../src/domain/release.ts';
import { plainMessage } from '../views/blocks.ts';
import { deployForm } from '../views/deploy-form.ts';
import { code, escaped, quoted } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { deployFromWords, deployQuestion } from './deploy-words.ts';
import { filledIn, outlookOf } from './filled-in.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { placeMisfit, placeNamed } from './place.ts';
import { Reason } from './reason.ts';
import { Ref } from './ref.ts';
import { Strategy } from './strategy.ts';

const name = (what: string) => z.string({ error: `Choose ${what}.` }).min(1, `Choose ${what}.`);

const Input = z.strictObject({
  service: name('a service'),
  environment: name('an environment'),
  ref: Ref.optional(),
  strategy: Strategy.optional(),
  why: Reason,
  /** The person has said none of it: they are asked by the form, filled in with this. */
  isQuestion: z.literal(true).optional(),
});
type Input = z.infer<typeof Input>;

export const deploy = defineCommand<Input>({
  name: 'deploy',
  usage:
    'deploy [service] <environment> [version, branch or commit] [rolling, blue-green or canary] [because …]',
  summary: 'puts a release on a service',
  act: 'deploy',
  place: ({ service, environment }) => ({ service, environment }),
  input: Input,
  fromWords: deployFromWords,
  fromForm: (values) => ({
    service: fieldText(values, 'service'),
    environment: fieldText(values, 'environment'),
    ref: fieldText(values, 'ref'),
    strategy: fieldText(values, 'strategy'),
    why: fieldText(values, 'why'),
  }),
  refreshed: async (values, asking) => {
    const content = filledIn(values);
    const outlook = await outlookOf(content, asking);
    return deployForm({ policy: asking.forge.policy, ...content, outlook });
  },
  misfit: (input, policy) => placeMisfit(policy, input),
  run,
});

async function run({ isQuestion, ...input }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const { service, environment } = placeNamed(forge.policy, input);
  if (isQuestion === true) {
    return deployQuestion(asking, { ...given(input), note: 'Nothing is deployed before you press Deploy.' });
  }
  const outcome = await forge.requestDeployment(
    {
      service,
      environment,
      ...given({ ref: input.ref, why: input.why }),
      ...(input.strategy === undefined ? {} : { strategy: input.strategy }),
    },
    caller,
  );
  switch (outcome.kind) {
    case 'repeated':
    case 'requested': {
      const { deployment } = outcome;
      if (deployment === undefined) return { kind: 'silent' };
      const text = `Deployment #${deployment} of ${escaped(service.title)} to ${environment.name} has begun. Its message in <#${environment.channel}> shows how it goes.`;
      return { kind: 'private', message: plainMessage(text) };
    }
    case 'ambiguous':
      return ambiguous(input, outcome, asking);
  }
}

function ambiguous(
  input: Omit<Input, 'isQuestion'>,
  { ref, candidates }: { ref: string; candidates: Release[] },
  { forge }: Asking,
): Reply {
  const labels = candidates.map((release) => ({
    ref: release.commit ?? release.version,
    label: `${release.version} (${(release.commit ?? '').slice(0, 12)})`,
  }));
  const note = `“${quoted(ref)}” could be any of these releases. Which one is it?`;
  const { ref: _ambiguous, ...rest } = input;
  const list = labels.map(({ label }) => code(label)).join(', ');
  return {
    kind: 'form',
    form: deployForm({ policy: forge.policy, ...given(rest), note, candidates: labels }),
    otherwise: plainMessage(`${note} ${list}. Nothing was done; type more of it.`),
  };
}

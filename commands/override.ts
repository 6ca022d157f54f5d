import { requireOverridable } from '../src/domain/check-answers.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { Forge } from '../src/forge.ts';
import { plainMessage } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { newVersion, placeOf as placeWords } from '../views/deployment-words.ts';
import { seen } from '../views/seen.ts';
import { code, escaped, quoted, sentence } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { placeOf } from './place-of.ts';
import { shownFor } from './seen.ts';
import { asSeen, Steered, steeredFromWords } from './steering.ts';
import { asVoter } from './vote.ts';

export const override = defineCommand<Steered>({
  name: 'override',
  usage: 'override <#number> because …',
  summary: 'lets a check that failed pass, where the policy gives your role that word',
  act: 'deploy',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Steered,
  fromWords: (words, asking) => steeredFromWords(words, 'override', asking),
  fromForm: (values, hidden) => ({ ...shownFor(hidden), why: fieldText(values, 'why') ?? '' }),
  run,
});

/** Without a reason the form asks for it: it is kept and shown to everybody. */
async function run(input: Steered, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const request = await asSeen(input, forge);
  if (input.why === undefined) return question(await forge.deployment(input.deployment), forge);
  const before = await asVoter(asking, (member) => forge.overrideCheck(request, { member, caller }));
  const { name } = requireOverridable(before);
  const text = `${quoted(name, 200)} of #${before.number} counts as passed by your word. Its message shows how it goes on.`;
  return { kind: 'private', message: plainMessage(text) };
}

function question(deployment: Deployment, { policy }: Forge): Reply {
  const { name, says, override: role } = requireOverridable(deployment);
  const { number, service } = deployment;
  const title = serviceNamed(policy, service)?.title ?? service;
  const paragraphs = [
    `${escaped(newVersion(deployment))} for ${escaped(placeWords(deployment, title))}: *${quoted(name, 200)}* did not pass. ${sentence(quoted(says, 900))}`,
    `With your word, as ${escaped(role.replaceAll('-', ' '))}, it goes on all the same. The reason is shown to everybody.`,
  ];
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command: 'override', title: `Override #${number}`, paragraphs, yes: 'Override' },
      ...{ hidden: seen(deployment), isReasonNeeded: true },
    }),
    otherwise: plainMessage(
      `Slack did not let Forge ask you in time, so nothing was done: type ${code(`/forge override #${number} because …`)}.`,
    ),
  };
}

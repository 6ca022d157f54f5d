import { z } from 'zod';
import type { Deployment } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { RollbackPreview } from '../src/use-cases/roll-back.ts';
import { plainMessage } from '../views/blocks.ts';
import { confirmForm, rollbackPlaceForm } from '../views/confirm-form.ts';
import { seen as seenNow } from '../views/deployment-buttons.ts';
import { previousVersion, who } from '../views/deployment-words.ts';
import { code, escaped, moment, roughly } from '../views/text.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { impliedService, meantWord, placeNamed } from './place.ts';
import { Seen, seenOf } from './seen.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  /** Absent: what is live in the place. */
  deployment: z.int().optional(),
  service: z.string({ error: 'Choose a service.' }).optional(),
  environment: z.string({ error: 'Choose an environment.' }).optional(),
  ...Seen,
  why: z.string().max(3000, 'At most 3,000 characters.').optional(),
});
type Input = z.infer<typeof Input>;

const Hidden = z.object({ deployment: z.int(), generation: z.int(), digest: z.string() });

export const rollback = defineCommand<Input>({
  name: 'rollback',
  usage: 'rollback [service] [environment] [#number] [because …]',
  summary: 'puts the previous release back, after you have confirmed from what to what',
  input: Input,
  fromWords,
  fromForm(values, hidden) {
    const confirmed = Hidden.safeParse(hidden);
    const why = fieldText(values, 'why');
    if (confirmed.success) return { ...confirmed.data, why };
    return { service: fieldText(values, 'service'), environment: fieldText(values, 'environment') };
  },
  run,
});

function fromWords(words: Words, asking: Asking): Reading {
  const { policy } = asking.forge;
  const [first] = words.rest;
  const [environment, second] = words.environments;
  if (first !== undefined) refuseRest(first, words, asking);
  const why = words.why === undefined ? {} : { why: words.why };
  const [deployment, another] = words.numbers;
  if (another !== undefined) throw new UserError('Nothing was done: name one deployment, not several.');
  if (deployment !== undefined) return { kind: 'input', value: { deployment, ...why } };
  const service =
    words.services[0] ?? (environment === undefined ? undefined : impliedService(policy, environment));
  const isOne = words.services.length <= 1 && second === undefined;
  if (isOne && service !== undefined && environment !== undefined) {
    return { kind: 'input', value: { service, environment, ...why } };
  }
  const note = 'What should be rolled back? You will see from what to what before anything happens.';
  const known = {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
  };
  return {
    kind: 'reply',
    reply: {
      kind: 'form',
      form: rollbackPlaceForm({ policy, note, ...known }),
      otherwise: plainMessage('Say what to roll back, like `/forge rollback api staging`. Nothing was done.'),
    },
  };
}

function refuseRest(word: string, words: Words, { forge }: Asking): void {
  const meant = meantWord(forge.policy, word);
  if (meant !== undefined && words.environments.length === 0) {
    throw new UserError(
      `There is no service or environment called “${word}”. Did you mean \`${meant}\`? Nothing was done.`,
    );
  }
  const place = [...words.services, ...words.environments].join(' ');
  throw new UserError(
    `A rollback goes to the release that ran before. To go to “${word}”, deploy it: \`/forge deploy ${place === '' ? 'api staging' : place} ${word}\`. Nothing was done.`,
  );
}

async function run(input: Input, asking: Asking): Promise<Reply> {
  const seen = seenOf(input);
  if (input.deployment !== undefined && seen !== undefined) {
    return confirmed({ ...input, deployment: input.deployment, seen }, asking);
  }
  return asConfirmation(await preview(input, asking), asking);
}

async function preview(input: Input, { forge }: Asking): Promise<RollbackPreview> {
  if (input.deployment !== undefined) return forge.previewRollbackOf(input.deployment);
  const { service = '', environment = '' } = input;
  return forge.previewRollback(placeNamed(forge.policy, { service, environment }));
}

/** Nothing is rolled back before a person saw from what to what. */
function asConfirmation(found: RollbackPreview, { forge }: Asking): Reply {
  switch (found.kind) {
    case 'under-way':
      return underWay(found.undoes, found.by);
    case 'abort': {
      const { deployment } = found;
      const title = serviceNamed(forge.policy, deployment.service)?.title ?? deployment.service;
      const before = escaped(previousVersion(deployment));
      return form({
        command: 'abort',
        title: `Abort #${deployment.number}`,
        paragraphs: [
          `*#${deployment.number} is still under way* on ${escaped(title)} in ${deployment.environment}. Rolling back now means stopping it: ${escaped(deployment.plan.to.version)} is taken away again and *${before}* is put back.`,
          'What cannot be undone: data that was written meanwhile stays.',
        ],
        yes: 'Abort',
        hidden: seenNow(deployment),
      });
    }
    case 'undo': {
      const { undoes, plan, seconds, service } = found;
      const from = escaped(undoes.plan.to.version);
      const to = escaped(plan.to.version);
      return form({
        command: 'rollback',
        title: `Roll back #${undoes.number}`,
        paragraphs: [
          `*${escaped(service.title)} in ${undoes.environment}* goes from *${from}* back to *${to}*. ${from} went live ${moment(undoes.endedAt ?? undoes.requestedAt)}, asked by ${who(undoes.requestedBy)}.`,
          `It takes ${roughly(seconds)}; requests go on being answered meanwhile. What cannot be undone: data that was written meanwhile stays.`,
        ],
        yes: 'Roll back',
        hidden: seenNow(undoes),
      });
    }
  }
}

function form(content: Parameters<typeof confirmForm>[0]): Reply {
  const words = content.paragraphs.join(' ');
  const again = content.command === 'abort' ? 'abort' : 'rollback';
  return {
    kind: 'form',
    form: confirmForm(content),
    otherwise: plainMessage(
      `${words} Slack did not let Forge ask you in time, so nothing was done: type ${code(`/forge ${again}`)} again, or press the button of its message.`,
    ),
  };
}

async function confirmed(
  input: { deployment: number; seen: { generation: number; digest: string }; why?: string | undefined },
  { forge, caller }: Asking,
): Promise<Reply> {
  const { deployment: undoes, seen, why } = input;
  const outcome = await forge.rollBack({ undoes, seen, ...(why === undefined ? {} : { why }) }, caller);
  switch (outcome.kind) {
    case 'repeated':
      return { kind: 'silent' };
    case 'under-way':
      return underWay(outcome.undoes, outcome.by);
    case 'requested':
      return {
        kind: 'private',
        message: plainMessage(
          `#${outcome.deployment} takes #${undoes} back. Its message shows when the previous release is confirmed.`,
        ),
      };
  }
}

function underWay(undoes: number, by: Deployment): Reply {
  const state = by.phase.kind === 'succeeded' ? 'has taken' : 'is taking';
  const text = `#${by.number} ${state} #${undoes} back already: ${escaped(by.plan.to.version)}, asked by ${who(by.requestedBy)}, ${moment(by.requestedAt)}. Nothing more was done.`;
  return { kind: 'private', message: plainMessage(text) };
}

import type { Deployment } from '../src/domain/deployment.ts';
import { type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { RollbackPreview } from '../src/use-cases/preview-rollback.ts';
import { plainMessage } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { seen } from '../views/deployment-buttons.ts';
import { previousVersion, who } from '../views/deployment-words.ts';
import { code, escaped, moment, roughly } from '../views/text.ts';
import type { Reply } from './command.ts';

const DATA_STAYS = 'What cannot be undone: data that was written meanwhile stays.';

/** Asks whether the live release should give way to the one before. */
export function rollbackQuestion(
  { undoes, plan, seconds, service }: Extract<RollbackPreview, { kind: 'undo' }>,
  why: string | undefined,
): Reply {
  const from = escaped(undoes.plan.to.version);
  const to = escaped(plan.to.version);
  const meanwhile = service.kind === 'web' ? '; requests go on being answered meanwhile' : '';
  const since = moment(undoes.endedAt ?? undoes.requestedAt);
  return question({
    command: 'rollback',
    title: `Roll back #${undoes.number}`,
    paragraphs: [
      `*${escaped(service.title)} in ${undoes.environment}* goes from *${from}* back to *${to}*. ${from} went live ${since}, asked by ${who(undoes.requestedBy)}.`,
      `It takes ${roughly(seconds)}${meanwhile}. ${DATA_STAYS}`,
    ],
    yes: 'Roll back',
    about: undoes,
    why,
  });
}

/** What is still under way is rolled back by stopping it. */
export function abortQuestion(deployment: Deployment, why: string | undefined, policy: Policy): Reply {
  const title = serviceNamed(policy, deployment.service)?.title ?? deployment.service;
  const place = `${escaped(title)} in ${deployment.environment}`;
  const version = escaped(deployment.plan.to.version);
  const before = escaped(previousVersion(deployment));
  return question({
    command: 'abort',
    title: `Abort #${deployment.number}`,
    paragraphs: [
      `*#${deployment.number} is still under way* on ${place}. Rolling back now means stopping it: ${version} is taken away again and *${before}* is put back.`,
      DATA_STAYS,
    ],
    yes: 'Abort',
    about: deployment,
    why,
  });
}

function question(content: {
  command: 'rollback' | 'abort';
  title: string;
  paragraphs: string[];
  yes: string;
  about: Deployment;
  why: string | undefined;
}): Reply {
  const { command, title, paragraphs, yes, about, why } = content;
  const again = code(`/forge ${command} #${about.number}`);
  const howToAgain =
    command === 'abort'
      ? `type ${again} to stop it`
      : `type ${again} again, or press Roll back in its message`;
  return {
    kind: 'form',
    form: confirmForm({
      command,
      title,
      paragraphs,
      yes,
      hidden: seen(about),
      ...(why === undefined ? {} : { why }),
    }),
    otherwise: plainMessage(
      `${paragraphs.join(' ')} Slack did not let Forge ask you in time, so nothing was done: ${howToAgain}.`,
    ),
  };
}

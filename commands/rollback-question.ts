import type { Deployment } from '../src/domain/deployment.ts';
import { type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { RollbackPreview } from '../src/use-cases/preview-rollback.ts';
import { actions, button, section } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { seen } from '../views/deployment-buttons.ts';
import { previousVersion, who } from '../views/deployment-words.ts';
import { cleaned, code, escaped, moment, roughly, shortened } from '../views/text.ts';
import type { Reply } from './command.ts';

/** Characters of a reason in a button; its value has room for 2000, and quotes and line breaks take two each. */
const LONGEST_CARRIED = 800;
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
  const text = `${paragraphs.join(' ')} Slack did not let Forge ask you in time, so nothing was done yet: press ${yes}, or type ${again} again.`;
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
    otherwise: {
      text,
      blocks: [
        section(text),
        actions([
          button({ command, text: yes, value: { ...seen(about), ...reasonFor(why) }, style: 'danger' }),
        ]),
      ],
    },
  };
}

/** A button carries less than a form: of a long reason it keeps the beginning. */
function reasonFor(why: string | undefined): { why?: string } {
  return why === undefined ? {} : { why: shortened(cleaned(why), LONGEST_CARRIED) };
}

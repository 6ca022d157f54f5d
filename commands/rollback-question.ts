import type { Deployment } from '../src/domain/deployment.ts';
import { type Policy, serviceNamed } from '../src/domain/policy.ts';
import type { UndoPreview } from '../src/use-cases/preview-rollback.ts';
import { actions, button, section } from '../views/blocks.ts';
import { codeTakenBack } from '../views/code-changes.ts';
import { type Box, confirmForm } from '../views/confirm-form.ts';
import { previousVersion, who } from '../views/deployment-words.ts';
import { LIMITS } from '../views/limits.ts';
import { rollbackTime } from '../views/rollback-time.ts';
import { seen } from '../views/seen.ts';
import { cleaned, code, escaped, moment, shortened, shortenedMarkup } from '../views/text.ts';
import type { Reply } from './command.ts';

/** Characters of a reason in a button; its value has room for 2000, and quotes and line breaks take two each. */
const LONGEST_CARRIED = 700;
const DATA_STAYS = 'What cannot be undone: data that was written meanwhile stays.';

/** What a person said beside what to roll back. */
type Said = { why?: string | undefined; version?: string | undefined; emergency?: true | undefined };

/** Asks whether the live release should give way to the one before, or to the one that was named. */
export function rollbackQuestion(preview: UndoPreview, said: Said): Reply {
  const { undoes, plan, service } = preview;
  const from = escaped(undoes.plan.to.version);
  const to = escaped(plan.to.version);
  const since = moment(undoes.endedAt ?? undoes.requestedAt);
  const box = emergencyBox(preview, said);
  return question({
    command: 'rollback',
    title: `Roll back #${undoes.number}`,
    paragraphs: [
      `*${escaped(service.title)} in ${undoes.environment}* goes from *${from}* back to *${to}*. ${from} went live ${since}, asked by ${who(undoes.requestedBy)}.`,
      ...rollbackTime(preview),
      ...codeTakenBack(undoes, plan.to.commit),
      DATA_STAYS,
    ],
    ...(box === undefined ? {} : { box }),
    yes: 'Roll back',
    about: undoes,
    shown: { plan: plan.digest, ...(said.version === undefined ? {} : { version: said.version }) },
    why: said.why,
  });
}

/** Offered where there are tasks, only fewer than there should be. */
function emergencyBox({ emergency, slow, plan }: UndoPreview, said: Said): Box | undefined {
  if (emergency === undefined) return undefined;
  const tasks = slow.map(({ region }) => plan.from[region]?.idle?.healthy ?? 0).filter((count) => count > 0);
  const few = Math.min(...tasks);
  const there = tasks.length === 1 && few === 1 ? 'the 1 task there is' : 'the tasks there are';
  return {
    name: 'emergency',
    label: 'Emergency',
    text: `Move traffic at once, to ${there}`,
    description: 'They may be too few: requests may be slow or fail until more have started.',
    isTicked: said.emergency === true,
  };
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
    shown: {},
    why,
  });
}

function question(content: {
  command: 'rollback' | 'abort';
  title: string;
  paragraphs: string[];
  box?: Box;
  yes: string;
  about: Deployment;
  /** What of it was shown, besides the deployment as it is. */
  shown: { plan?: string; version?: string };
  why: string | undefined;
}): Reply {
  const { command, title, paragraphs, box, yes, about, shown, why } = content;
  const again = code(`/forge ${command} #${about.number}`);
  const late = `Slack did not let Forge ask you in time, so nothing was done yet: press ${yes}, or type ${again} again.`;
  const text = [...paragraphs, late].join(' ');
  const hidden = { ...seen(about), ...shown };
  const value = { ...hidden, ...reasonFor(why) };
  const atOnce = { command, text: 'Emergency: at once', value: { ...value, emergency: true } };
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command, title, paragraphs, yes, hidden },
      ...(box === undefined ? {} : { box }),
      ...(why === undefined ? {} : { why }),
    }),
    otherwise: {
      text: shortenedMarkup(text, LIMITS.messageText),
      blocks: [
        ...paragraphs.map((one) => section(one)),
        section(late),
        actions([button({ command, text: yes, value, style: 'danger' })]),
        // A block of its own: two buttons of one block may not stand for the same command.
        ...(box === undefined ? [] : [actions([button({ ...atOnce, style: 'danger' })])]),
      ],
    },
  };
}

/** A button carries less than a form: of a long reason it keeps the beginning. */
function reasonFor(why: string | undefined): { why?: string } {
  return why === undefined ? {} : { why: shortened(cleaned(why), LONGEST_CARRIED) };
}

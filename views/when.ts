import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Message } from '../src/ports/chat.ts';
import type { RegionTimes, WhenAnswer } from '../src/use-cases/when.ts';
import { context, section } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { restrictionLines } from './restriction-lines.ts';
import { escaped, moment, quoted, shortenedMarkup, whyWords } from './text.ts';

/** A reason somebody typed may be long, and there may be one for each region. Characters. */
const LONGEST_WHY = 500;

type Busy = { deployment: Deployment; title: string };

/**
 * “Could I deploy now, and if not, when?” for each region in turn. `busy`: what is under way there, and what people call its
 * service. `now` in milliseconds since the epoch.
 */
export function whenMessage(answer: WhenAnswer, now: number, busy: readonly Busy[] = []): Message {
  const { at, environment, service, regions } = answer;
  const what = service === undefined ? `to ${environment}` : `${service} to ${environment}`;
  const time = at === now ? 'now' : moment(at);
  const intro = `*Deploying ${escaped(what)}, started ${time}*`;
  const lines = [...busy.map(busyLine), ...regions.map((region) => regionLine(region, answer))];
  const told = restrictionLines(answer, now);
  const blocks: KnownBlock[] = [
    ...[intro, ...lines].map(section),
    ...(told.length === 0 ? [] : [context(told.join('\n'))]),
    context('Ends are estimates of machine time: checks, approvals and questions to people come on top.'),
  ];
  return { text: shortenedMarkup([intro, ...lines].join('\n'), LIMITS.messageText), blocks };
}

function busyLine({ deployment, title }: Busy): string {
  const { number, undoes, startedAt } = deployment;
  const what = undoes === undefined ? 'deployment' : 'rollback';
  const stands = startedAt === undefined ? 'is being checked' : 'is under way';
  return `:hourglass_flowing_sand: #${number}, a ${what} of ${quoted(title, 100)}, ${stands} there now: another one has to wait until it is done.`;
}

function regionLine(times: RegionTimes, { at }: WhenAnswer): string {
  const { region, reached, decision } = times;
  const name = `• *${escaped(region)}*`;
  if (reached === undefined) return `${name}: nobody knows, since nobody knows when it is reached.`;
  const arrival = reached === at ? '' : `, reached about ${moment(reached)}`;
  return `${name}${arrival}: ${decisionWords(times, decision)}${endWords(times)}`;
}

function decisionWords({ begins }: RegionTimes, decision: RegionTimes['decision']): string {
  switch (decision.kind) {
    case 'may':
      return decision.until === undefined ? 'yes.' : `yes, it may begin until ${moment(decision.until)}.`;
    case 'must-wait': {
      const until = begins === undefined ? 'for more than a year' : `until ${moment(begins)}`;
      return `it must wait ${until}. ${whyWords(decision.why, LONGEST_WHY)}`;
    }
    case 'needs-consent':
      return `it needs consent. ${whyWords(decision.why, LONGEST_WHY)}`;
  }
}

function endWords({ ends, decision }: RegionTimes): string {
  if (decision.kind !== 'needs-consent') return ends === undefined ? '' : ` Done about ${moment(ends)}.`;
  const within = ends === undefined ? '' : ` With consent it would be done about ${moment(ends)}.`;
  const alone =
    decision.until === undefined ? '' : ` Without consent it may start from ${moment(decision.until)}.`;
  return `${within}${alone}`;
}

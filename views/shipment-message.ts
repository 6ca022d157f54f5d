import type { KnownBlock } from '@slack/types';
import { isShipped, type Shipment, type ShownCheck, shortCommit } from '../src/domain/shipment.ts';
import type { Message } from '../src/ports/chat.ts';
import { context, header, section } from './blocks.ts';
import { who } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { shipmentButtons } from './shipment-buttons.ts';
import { deployNext, linked, pullLink, shipmentState, way } from './shipment-words.ts';
import { code, duration, escaped, quotation, quoted, sentence, shortenedMarkup, whyWords } from './text.ts';

/** So many checks of GitHub’s are listed by name; the others are counted. */
const MOST_CHECKS = 8;

/** The one message of a shipment. `title`: what people call the service. */
export function shipmentMessage(shipment: Shipment, title: string): Message {
  const state = shipmentState(shipment);
  const blocks: KnownBlock[] = [
    header(`${shipment.id}: ${way(shipment)}`),
    section([`*${state}*`, ...details(shipment)].join('\n')),
    ...parts(shipment).map((lines) => section(lines.join('\n'))),
    ...shipmentButtons(shipment),
    context(origin(shipment, title)),
  ];
  const text = `${shipment.id}: ${escaped(way(shipment))}. ${state}`;
  return { text: shortenedMarkup(text, LIMITS.messageText), blocks };
}

/** What people have to know at once, below the state. */
function details(shipment: Shipment): string[] {
  const { phase, standing, trouble, mergeRefused, notDeployed } = shipment;
  const troubled = trouble === undefined ? [] : [`:warning: ${sentence(quoted(trouble, 600))}`];
  switch (phase.kind) {
    case 'blocked':
      return [
        sentence(quoted(phase.reason, 900)),
        'A new commit on the branch is checked by itself.',
        ...troubled,
      ];
    case 'following': {
      const refused =
        mergeRefused === undefined
          ? []
          : [`:warning: It was not merged. ${sentence(quoted(mergeRefused, 600))}`];
      return [
        ...refused,
        ...(standing?.lacks ?? []).slice(0, 6).map((one) => `• ${quoted(one, 400)}`),
        ...troubled,
      ];
    }
    case 'refused':
      return [sentence(quoted(phase.reason, 900))];
    case 'finished':
      return notDeployed === undefined ? [] : [`${whyWords(notDeployed, 900)}${deployNext(shipment)}`];
    case 'checking':
    case 'opening':
    case 'merging':
    case 'deploying':
      return troubled;
    case 'closed':
    case 'branch-gone':
    case 'cancelled':
    case 'expired':
      return [];
  }
}

function parts(shipment: Shipment): string[][] {
  const { pull, standing, checks } = shipment;
  const own = checks.map((check) => checkLine(check, shipment));
  const notes = (pull?.notes ?? []).slice(0, 4).map((note) => `:information_source: ${quoted(note, 200)}`);
  const opened =
    pull === undefined
      ? []
      : [`:arrow_heading_up: ${pullLink(shipment, { isFirst: true })}: ${quoted(pull.title, 150)}`, ...notes];
  const github = standing === undefined ? [] : [...hostedChecks(standing.checks), ...reviews(standing)];
  return [own, [...opened, ...github]].filter((lines) => lines.length > 0);
}

function checkLine(check: ShownCheck, shipment: Shipment): string {
  const { name, state, says, startedAt, endedAt } = check;
  if (state === 'running' && isShipped(shipment)) return `${emojis.ignored} ${quoted(name, 100)}: stopped`;
  const took = endedAt === undefined ? '' : ` (${duration((endedAt - startedAt) / 1000)})`;
  // What failed is said above: it is why nothing goes on.
  const more = says === undefined || state !== 'running' ? '' : `: ${quoted(says, 300)}`;
  return `${emojis[state]} ${quoted(name, 100)}${took}${more}`;
}

const emojis = {
  running: ':hourglass_flowing_sand:',
  passed: ':white_check_mark:',
  failed: ':x:',
  waiting: ':hourglass_flowing_sand:',
  ignored: ':heavy_minus_sign:',
} as const;

type HostedCheck = NonNullable<Shipment['standing']>['checks'][number];

/** What did not pass comes first. */
function hostedChecks(checks: readonly HostedCheck[]): string[] {
  const order = ['failed', 'waiting', 'passed', 'ignored'] as const;
  const sorted = checks.toSorted((left, right) => order.indexOf(left.state) - order.indexOf(right.state));
  const shown = sorted.slice(0, MOST_CHECKS);
  const left = sorted.length - shown.length;
  return [
    ...shown.map(({ name, state, url }) => `${emojis[state]} ${linked(url, quoted(name, 100))} on GitHub`),
    ...(left > 0 ? [`… and ${left} more checks on GitHub`] : []),
  ];
}

function reviews({ approvedBy, changesWantedBy }: NonNullable<Shipment['standing']>): string[] {
  const named = (logins: readonly string[]) =>
    logins
      .slice(0, 10)
      .map((login) => quoted(login, 40))
      .join(', ');
  return [
    ...(approvedBy.length === 0 ? [] : [`:+1: Approved by ${named(approvedBy)}`]),
    ...(changesWantedBy.length === 0 ? [] : [`:speech_balloon: Changes wanted by ${named(changesWantedBy)}`]),
  ];
}

function origin({ requestedBy, why, head, reverts }: Shipment, title: string): string {
  const back = reverts === undefined ? '' : `, takes back what #${reverts} brought`;
  const line = `${quoted(title, 60)}, commit ${code(shortCommit(head))}, asked for by ${who(requestedBy)}${back}`;
  return why === undefined ? line : `${line}\n${quotation(why, 600)}`;
}

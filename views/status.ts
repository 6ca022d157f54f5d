import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Live } from '../src/domain/release.ts';
import { ofTasks } from '../src/domain/tasks.ts';
import type { Message } from '../src/ports/chat.ts';
import type { LateMessages } from '../src/ports/store.ts';
import type { RegionStatus, ServiceStatus } from '../src/use-cases/status.ts';
import { context, header, section, textLength } from './blocks.ts';
import { shareOfNext, sidesOf } from './colours.ts';
import { headline, newVersion, placeOf, shownVersion, who } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { code, duration, escaped, moment, quoted, sentence, shortenedMarkup } from './text.ts';
import { bar } from './traffic.ts';

/** How much one surface takes: services, and characters of text. */
export type Room = { services: number; text: number };

/** Messages that wait longer than this are said to lag. */
const LAG_SECONDS = 5;
/** A message may have 50 blocks: at most one a service, one an environment, and three at the end. */
const MESSAGE_ROOM: Room = { services: 20, text: LIMITS.messageBlocksText - 500 };

/** What is live where. What has no room is said to be left out. */
export function statusMessage(statuses: readonly ServiceStatus[], now: number, late?: LateMessages): Message {
  if (statuses.length === 0) {
    const text = 'No services run here yet: the policy file names none.';
    return { text, blocks: [section(text)] };
  }
  return {
    text: shortenedMarkup(statuses.map(summary).join('\n'), LIMITS.messageText),
    blocks: [...statusBlocks(statuses, now, MESSAGE_ROOM), ...lagging(late, now)],
  };
}

export function statusBlocks(statuses: readonly ServiceStatus[], now: number, room: Room): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let environment = '';
  let told = 0;
  for (const status of statuses.slice(0, room.services)) {
    const isOther = status.environment.name !== environment;
    const more = [...(isOther ? [header(status.environment.name)] : []), section(serviceText(status, now))];
    if (textLength([...blocks, ...more]) > room.text) break;
    blocks.push(...more);
    environment = status.environment.name;
    told += 1;
  }
  const left = statuses.length - told;
  if (left > 0) {
    blocks.push(context(`${left} more: \`/forge status\` with a service or an environment shows them.`));
  }
  return [...blocks, context(`${source(statuses)}, ${moment(now)}.`)];
}

/** While messages cannot keep up, whoever asks is told that they lag, and that this answer does not. */
function lagging(late: LateMessages | undefined, now: number): KnownBlock[] {
  const seconds = late === undefined ? 0 : (now - late.since) / 1000;
  if (late === undefined || seconds < LAG_SECONDS) return [];
  const what =
    late.count === 1
      ? 'one deployment has ended and its message does not show it yet'
      : `${late.count} deployments have ended and their messages do not show it yet`;
  return [
    context(
      `:hourglass: Messages lag behind: ${what}, the first for ${duration(seconds)}. They follow in the order of their ends.`,
    ),
  ];
}

function source(statuses: readonly ServiceStatus[]): string {
  const isAnswered = statuses.some(({ regions }) => regions.some(({ kind }) => kind !== 'unknown'));
  return isAnswered ? 'As AWS says it' : 'AWS was asked and said nothing of it';
}

function summary(status: ServiceStatus): string {
  const { regions, service, environment } = status;
  const versions = regions.map((region) => summaryOf(region, status));
  const live = shownVersion([...new Set(versions)].join(', '));
  return escaped(`${placeOf({ environment: environment.name }, service.title)}: ${live}`);
}

function summaryOf(region: RegionStatus, { running }: ServiceStatus): string {
  switch (region.kind) {
    case 'live':
      return region.live.version;
    case 'moving':
      return running === undefined ? 'moving' : `moving to ${newVersion(running)}`;
    case 'unknown':
      return 'unknown';
  }
}

function serviceText(status: ServiceStatus, now: number): string {
  const { service, regions, last, running } = status;
  const lines = [`*${quoted(service.title, 100)}* (${code(service.name)})`];
  for (const region of regions) lines.push(regionLine(region, status, now));
  if (last !== undefined) lines.push(lastLine(last));
  if (running !== undefined) lines.push(runningLine(running, service.title));
  return lines.join('\n');
}

function regionLine(region: RegionStatus, status: ServiceStatus, now: number): string {
  const where = status.regions.length > 1 ? ` in ${escaped(region.region)}` : '';
  switch (region.kind) {
    case 'unknown':
      return `:grey_question: Unknown${where}: ${sentence(quoted(region.reason, 500))}`;
    case 'moving':
      return `:hourglass_flowing_sand: ${splitNow(region, status)}${where}`;
    case 'live':
      return `:large_green_circle: ${escaped(shownVersion(region.live.version))} is live${where}${colourOf(region.live)}${changed(region, status)}${idleTold(region, status, now)}`;
  }
}

/** How traffic is split while a deployment moves it. */
function splitNow(
  { region, split }: Extract<RegionStatus, { kind: 'moving' }>,
  { running }: ServiceStatus,
): string {
  const sides = running === undefined ? undefined : sidesOf(running, region);
  if (split === undefined) return 'Traffic is being moved: its rules do not agree yet';
  if (sides === undefined) return `Traffic: ${split.blue} % on blue, ${split.green} % on green`;
  const share = shareOfNext(split, sides);
  return `${escaped(sides.next.version)} ${bar(share)} ${share} %  ·  ${escaped(sides.old.version)} ${100 - share} %`;
}

function colourOf({ place }: Live): string {
  return place === 'only' ? '' : ` (${place})`;
}

/** What the other colour is there for. */
function idleTold(
  { region, live }: Extract<RegionStatus, { kind: 'live' }>,
  { last, running }: ServiceStatus,
  now: number,
): string {
  const { idle } = live;
  if (idle === undefined || idle.desired === 0) return '';
  const kept = last?.standby[region];
  const version = escaped(shownVersion(idle.version));
  const isKept = running === undefined && kept?.on === idle.place && kept.endedAt === undefined;
  if (isKept && kept.until > now && Math.min(idle.healthy, idle.desired) >= (live.desired ?? 1)) {
    return `; ${version} is on standby (${idle.place}): rollback is instant until ${moment(kept.until)}`;
  }
  const what = isKept ? 'is on standby' : 'runs without traffic';
  return `; ${version} ${what} (${idle.place}, ${ofTasks(idle.healthy, idle.desired)} healthy)`;
}

/** What is live although Forge put something else there, and nothing of Forge's is under way that could explain it. */
function changed(
  region: Extract<RegionStatus, { kind: 'live' }>,
  { last, running, left }: ServiceStatus,
): string {
  if (last === undefined) return '';
  if (running !== undefined || left !== undefined) return '';
  const expected = last.plan.to.digests[region.region];
  const { digest } = region.live;
  if (expected === undefined || digest === undefined || expected === digest) return '';
  return `, changed outside Forge since #${last.number}`;
}

function lastLine(last: Deployment): string {
  const version = escaped(shownVersion(last.plan.to.version));
  const what = last.undoes === undefined ? version : `back to ${version}`;
  return `Last deployment: ${what} by ${who(last.requestedBy)}, ${moment(last.endedAt ?? last.requestedAt)} (#${last.number})`;
}

function runningLine(running: Deployment, title: string): string {
  const { number, phase, channel } = running;
  if (phase.kind === 'held' && running.abortRequestedBy === undefined) {
    const typed =
      phase.doneMeans === undefined
        ? `\`/forge resume #${number}\``
        : `\`/forge happened #${number}\`, \`/forge resume #${number}\``;
    return `:raised_hand: ${escaped(headline(running, { service: title }))}, asked by ${who(running.requestedBy)} (#${number}). Answer by ${moment(phase.deadline)} in its message in <#${channel}>, or type ${typed} or \`/forge abort #${number}\`.`;
  }
  return `:hourglass_flowing_sand: Under way: ${escaped(headline(running, { service: title }))}, asked by ${who(running.requestedBy)} (#${running.number})`;
}

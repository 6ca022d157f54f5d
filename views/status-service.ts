import type { Deployment } from '../src/domain/deployment.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import type { Live } from '../src/domain/release.ts';
import { ofTasks } from '../src/domain/tasks.ts';
import type { RegionStatus, ServiceStatus } from '../src/use-cases/status.ts';
import { shareOfNext, sidesOf } from './colours.ts';
import { headline, icon } from './deployment-headline.ts';
import { isAborting, newVersion, placeOf, shownVersion, who } from './deployment-words.ts';
import { code, escaped, moment, quoted, sentence } from './text.ts';
import { bar } from './traffic.ts';
import { waitWords } from './waits.ts';

/** Of one service. */
const MOST_WAITING = 3;
/** Of what something waits for; its own message says it in full. Characters. */
const LONGEST_WHY = 200;

/** What is live, in one line; in markup. */
export function summary(status: ServiceStatus): string {
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

/** What is live and under way of one service in one environment, a line each; in markup. */
export function serviceText(status: ServiceStatus, now: number): string {
  const { service, regions, last, running, waiting } = status;
  const lines = [`*${quoted(service.title, 100)}* (${code(service.name)})`];
  for (const region of regions) lines.push(regionLine(region, status, now));
  if (last !== undefined) lines.push(lastLine(last));
  if (running !== undefined) lines.push(runningLine(running, service.title));
  for (const one of waiting.slice(0, MOST_WAITING)) lines.push(waitingLine(one, service.title));
  const more = waiting.length - MOST_WAITING;
  if (more > 0) lines.push(`${more} more wait for people or for their time.`);
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
  const urgent = last.emergency === undefined ? '' : ' (:rotating_light: Emergency)';
  return `Last deployment${urgent}: ${what} by ${who(last.requestedBy)}, ${moment(last.endedAt ?? last.requestedAt)} (#${last.number})`;
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
  const line = `${escaped(headline(running, { service: title }))}, asked by ${who(running.requestedBy)} (#${number})`;
  const wait = waitsInRegion(running);
  if (wait === undefined) return `:hourglass_flowing_sand: Under way: ${line}`;
  return `:hourglass_flowing_sand: ${line}. ${waitWords(wait, running, { most: LONGEST_WHY })}`;
}

/** It waits for people or for its time, and holds nobody up. */
function waitingLine(deployment: Deployment, title: string): string {
  const { number, requestedBy, startAt, phase } = deployment;
  const scheduled = startAt === undefined ? '' : `, scheduled for ${moment(startAt)}`;
  const line = `${icon(deployment)} ${escaped(headline(deployment, { service: title }))}, asked by ${who(requestedBy)}${scheduled} (#${number})`;
  const isTold = phase.kind === 'waiting' && phase.for !== 'schedule' && !isAborting(deployment);
  return isTold ? `${line}. ${waitWords(phase, deployment, { most: LONGEST_WHY })}` : line;
}

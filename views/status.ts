import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Message } from '../src/ports/chat.ts';
import type { RegionStatus, ServiceStatus } from '../src/use-cases/status.ts';
import { context, header, section } from './blocks.ts';
import { headline, who } from './deployment-words.ts';
import { code, escaped, moment, quoted } from './text.ts';

/** What is live where. At most `most` services are listed; the rest is said to be left out. */
export function statusMessage(statuses: readonly ServiceStatus[], now: number, most = 20): Message {
  return { text: statuses.map(summary).join('\n').slice(0, 3500), blocks: statusBlocks(statuses, now, most) };
}

export function statusBlocks(statuses: readonly ServiceStatus[], now: number, most: number): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let environment = '';
  for (const status of statuses.slice(0, most)) {
    if (status.environment.name !== environment) {
      environment = status.environment.name;
      blocks.push(header(environment));
    }
    blocks.push(section(serviceText(status)));
  }
  const left = statuses.length - most;
  if (left > 0) blocks.push(context(`${left} more: name a service or an environment to see them.`));
  return [...blocks, context(`As AWS says it, ${moment(now)}.`)];
}

function summary(status: ServiceStatus): string {
  const versions = status.regions.map((region) => (region.kind === 'live' ? region.live.version : 'unknown'));
  return `${escaped(status.service.title)} in ${status.environment.name}: ${escaped([...new Set(versions)].join(', '))}`;
}

function serviceText(status: ServiceStatus): string {
  const { service, regions, last, running } = status;
  const lines = [`*${escaped(service.title)}* (${code(service.name)})`];
  for (const region of regions) lines.push(regionLine(region, regions.length));
  if (last !== undefined) lines.push(lastLine(last));
  if (running !== undefined) lines.push(runningLine(running, service.title));
  return lines.join('\n');
}

function regionLine(status: RegionStatus, regions: number): string {
  const where = regions > 1 ? ` in ${status.region}` : '';
  if (status.kind === 'unknown') return `:grey_question: Unknown${where}: ${quoted(status.reason, 500)}`;
  return `:large_green_circle: ${escaped(status.live.version)} is live${where}`;
}

function lastLine(last: Deployment): string {
  const what =
    last.undoes === undefined
      ? `${escaped(last.plan.to.version)}`
      : `back to ${escaped(last.plan.to.version)}`;
  return `Last deployment: ${what} by ${who(last.requestedBy)}, ${moment(last.endedAt ?? last.requestedAt)} (#${last.number})`;
}

function runningLine(running: Deployment, title: string): string {
  return `:hourglass_flowing_sand: Under way: ${escaped(headline(running, { service: title }))}, by ${who(running.requestedBy)} (#${running.number})`;
}

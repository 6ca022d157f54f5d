import type { KnownBlock } from '@slack/types';
import type { Message } from '../src/ports/chat.ts';
import type { DeploymentSummary } from '../src/ports/store.ts';
import { actions, button, context, section } from './blocks.ts';
import { shownVersion } from './deployment-words.ts';
import { duration, escaped, moment, quoted } from './text.ts';

export type HistoryPage = {
  rows: readonly DeploymentSummary[];
  filter: { service?: string; environment?: string };
  /** Number to go on before; absent on the last page. */
  next?: number;
};

/** A page of deployments, newest first; each row opens its deployment. */
export function historyMessage(page: HistoryPage): Message {
  const { service, environment } = page.filter;
  const of = service === undefined ? '' : ` of ${quoted(service, 100)}`;
  const where = environment === undefined ? '' : ` in ${quoted(environment, 100)}`;
  const title = `Deployments${of}${where}`;
  if (page.rows.length === 0) {
    const text = `${title}: there are none yet. \`/forge deploy\` makes the first.`;
    return { text, blocks: [section(text)] };
  }
  const blocks: KnownBlock[] = [section(`*${title}*, newest first`), ...page.rows.map(row)];
  if (page.next === undefined) blocks.push(context('That is all.'));
  else {
    const value = { ...page.filter, before: page.next };
    blocks.push(actions([button({ command: 'history', text: 'Older', value })]));
  }
  return { text: title, blocks };
}

function row(summary: DeploymentSummary): KnownBlock {
  const { number, service, environment, version, phase, requestedAt, endedAt } = summary;
  const took = endedAt === undefined ? '' : `, took ${duration((endedAt - requestedAt) / 1000)}`;
  const text = `*#${number}* ${escaped(shownVersion(version))} → ${quoted(service, 100)} in ${quoted(environment, 100)}: ${endingWord(phase)}\n${moment(requestedAt)}${took}`;
  const show = button({ command: 'status', text: 'Show', value: { deployment: number } });
  return { ...section(text), accessory: show };
}

function endingWord(phase: DeploymentSummary['phase']): string {
  switch (phase) {
    case 'requested':
    case 'checking':
      return 'being checked';
    case 'running':
      return 'under way';
    case 'held':
      return 'waiting for an answer';
    case 'rolling-back':
      return 'being put back';
    case 'succeeded':
      return 'succeeded';
    case 'rolled-back':
      return 'failed, put back';
    case 'aborted':
      return 'aborted';
    case 'refused':
      return 'not started';
  }
}

import { buttonsIn } from '../../sandbox/find-button.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment } from '../builders.ts';
import { readableIn } from './rules.ts';
import { messageOf, oldWorkspace } from './shapes.ts';

/** Every line that people read in the message of a deployment to which this happened, dates as in London. */
export function linesAfter(events: readonly DeploymentEvent[], now = aMoment + 60_000): string[] {
  const { blocks } = messageOf(aDeployment(events), { unsupported: oldWorkspace, now });
  return plainText(blocks)
    .flatMap((text) => text.split(' / '))
    .map(withDatesRead);
}

/** Its texts as they are sent, with those that only a press shows. */
export function wordsAfter(events: readonly DeploymentEvent[]): string[] {
  return readableIn(messageOf(aDeployment(events)).blocks);
}

/** What its notification says. */
export function titleAfter(events: readonly DeploymentEvent[]): string {
  return messageOf(aDeployment(events)).text;
}

/** The commands of its buttons. */
export function buttonsAfter(events: readonly DeploymentEvent[]): string[] {
  return buttonsIn(messageOf(aDeployment(events)).blocks).map(({ action_id }) => action_id);
}

/** Dates in each reader's own zone, read in London in winter. */
export function withDatesRead(text: string): string {
  return text.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/gu, '$1');
}

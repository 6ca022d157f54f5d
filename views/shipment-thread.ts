import { isReady, type Shipment, shortCommit } from '../src/domain/shipment.ts';
import type { RecordedShipmentEvent, Standing } from '../src/domain/shipment-event.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { who } from './deployment-words.ts';
import { moreTold } from './more-told.ts';
import { outputBlock } from './output-block.ts';
import { deployNext, pullLink } from './shipment-words.ts';
import { code, escaped, quotation, quoted, whyWords } from './text.ts';
import { forEngineers } from './thread-question.ts';
import { told } from './thread-words.ts';

/**
 * What the thread says about an event, if anything. Edits notify nobody, so what somebody must know mentions them here. `before`
 * and `after`: the shipment without the event and with it.
 */
export function shipmentLine(
  recorded: RecordedShipmentEvent,
  before: Shipment | undefined,
  after: Shipment,
): Message | undefined {
  const text = lineOf(recorded, before, after);
  return text === undefined ? undefined : plainMessage(text);
}

function lineOf(
  { event, by, why }: RecordedShipmentEvent,
  before: Shipment | undefined,
  after: Shipment,
): string | undefined {
  const asker = who(after.requestedBy);
  switch (event.type) {
    case 'head-moved': {
      const how = event.isForced ? ', pushed by force: what was there before is gone' : '';
      return `${quoted(after.branch, 80)} has a new commit, ${code(shortCommit(event.head))}${how}. It is checked anew.`;
    }
    case 'check-failed':
      return `:x: ${asker} ${quoted(event.check, 100)} did not pass: ${told(event.says, 900)} Once a fix is pushed to the branch, Forge checks that by itself; Retry above tries the same again.${moreTold(event.more)}${outputBlock(event.tail)}`;
    case 'blocked':
      return `:no_entry: ${asker} ${told(event.reason, 900)} Retry once that is mended.`;
    case 'retried':
      return `${who(by)} has it tried again.`;
    case 'opened':
      return `${after.checks.length === 0 ? '' : 'Checked. '}${pullLink(after, { isFirst: true })} is open.`;
    case 'seen':
      return seenLine(event.standing, before, after);
    case 'troubled':
      return `:warning: ${event.needsSomebody === true ? `${asker} ` : ''}${told(event.reason, 900)}`;
    case 'trouble-over':
      return 'It goes on.';
    case 'merge-asked':
      return `${who(by)} has ${code(shortCommit(event.head))} merged.`;
    case 'merge-refused':
      return `:warning: ${asker} It was not merged. ${told(event.reason, 900)}`;
    case 'merged': {
      const hand = event.byHand === undefined ? '' : ` by ${quoted(event.byHand, 60)} on GitHub`;
      return `Merged${hand} as ${code(shortCommit(event.commit))}.`;
    }
    case 'deployed':
      return `Deployment #${event.deployment} brings it to ${escaped(after.environment ?? '')}${event.isByItself ? ', as every push there' : ''}.`;
    case 'not-deployed':
      return `:warning: ${asker} It is merged, and not deployed. ${whyWords(event.reason, 900)}${deployNext(after)}`;
    case 'closed':
      return `${asker} ${pullLink(after, { isFirst: true })} was closed on GitHub without merging it. Nothing was shipped. If it is still wanted, ship the branch again.`;
    case 'branch-gone':
      return `${asker} ${quoted(after.branch, 80)} was deleted on GitHub. Nothing was shipped. If it is still wanted, it has to be pushed again first.`;
    case 'cancelled':
      return `${who(by)} stopped it.${after.pull === undefined ? '' : ` ${pullLink(after, { isFirst: true })} stays open.`}${why === undefined ? '' : `\n${quotation(why, 900)}`}`;
    case 'refused':
      return `:x: ${asker} ${told(event.reason, 900)}`;
    case 'expired':
      return `${asker} Nothing happened for two weeks, so Forge follows it no longer. Ship the branch again if it is still wanted.`;
    case 'requested':
    case 'check-started':
    case 'check-waiting':
    case 'check-passed':
    case 'checked':
    case 'finished':
      return undefined;
    case 'described':
      return event.refused === undefined
        ? undefined
        : `:information_source: Its description on GitHub is not up to date. ${told(event.refused, 600)} That keeps nobody from merging it.`;
    case 'continued':
      return event.reason === undefined
        ? undefined
        : `:warning: ${asker} ${told(event.reason, 900)} It goes on by itself; nobody has to press anything.${forEngineers(event)}`;
  }
}

/** Only what changes what somebody can do: that it is ready, and that something new is in the way. */
function seenLine(standing: Standing, before: Shipment | undefined, after: Shipment): string | undefined {
  const asker = who(after.requestedBy);
  if (isReady(after)) {
    const wasReady = before !== undefined && isReady(before);
    return wasReady ? undefined : `:white_check_mark: ${asker} It is ready: merge it in the message above.`;
  }
  const known = before?.standing?.needs ?? [];
  const fresh = standing.needs.filter((one) => !known.includes(one));
  return fresh.length === 0
    ? undefined
    : `:raised_hand: ${asker} ${fresh.map((one) => told(one, 400)).join(' ')}`;
}

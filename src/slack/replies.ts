import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Message, Replies, ReplyAddress } from '../ports/chat.ts';
import type { Log } from '../ports/log.ts';
import { callSlack } from './call-slack.ts';
import { type Failure, failureInWords, failureOf } from './failure.ts';
import { createNewest } from './newest.ts';
import { publishHome } from './publish-home.ts';
import { answerByUrl } from './response-url.ts';

const Answer = z.object({});
/** That it is open does not hang on what Slack says of it besides. */
const Opened = z.object({ view: z.object({ id: z.string() }).optional().catch(undefined) });

/** The form cannot be opened any more: the person gets words instead. */
const tooLateCodes = new Set(['expired_trigger_id', 'invalid_trigger_id']);
/** The trigger opened a form already: only ours, when the answer to an earlier try was lost. */
const usedCode = 'exchanged_trigger_id';
/** The person has closed the form. */
const closedCode = 'not_found';
/** The words may still arrive when the blocks around them are refused. */
const blockCodes = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

export type RepliesParts = { client: WebClient; unsupported: Set<string>; log: Log };

export function createReplies({ client, unsupported, log }: RepliesParts): Replies {
  const shown = createNewest();
  return {
    async privately(address, message) {
      const problems: string[] = [];
      for (const way of waysTo(address, { client, unsupported, log })) {
        const problem = await way(message);
        if (problem === undefined) return;
        problems.push(problem);
      }
      log.error('A private answer was lost: every way to the person failed', {
        user: address.userId,
        problems,
      });
    },

    async openForm({ userId, triggerId }, form) {
      if (triggerId === undefined) return { kind: 'expired' };
      try {
        const body = { trigger_id: triggerId, view: form };
        const { view } = await callSlack(client, { method: 'views.open', body, answer: Opened });
        return { kind: 'opened', ...(view === undefined ? {} : { view: view.id }) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused' && failure.code === usedCode) return { kind: 'opened' };
        if (!needsWords(failure)) {
          throw failed(`open the form ${form.callback_id ?? ''} for ${userId}`, failure, error);
        }
        log.warn('A form did not open', { user: userId, problem: failureInWords(failure) });
        return { kind: 'expired' };
      }
    },

    async updateForm(view, form, { asOf }) {
      if (!shown.isNewest(view, asOf)) return;
      try {
        await callSlack(client, {
          method: 'views.update',
          body: { view_id: view, view: form },
          answer: Answer,
        });
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused' && failure.code === closedCode) return;
        throw failed(`show the form ${form.callback_id ?? ''} anew`, failure, error);
      }
    },

    async publishHome(userId, home, { hash } = {}) {
      const result = await publishHome(client, { userId, home, hash });
      if (result.kind !== 'failed') return result;
      throw failed(`publish the App Home of ${userId}`, result.failure, result.cause);
    },
  };
}

/** By the time a call may be repeated, the trigger is too old; words help also where the form may have opened after all. */
function needsWords(failure: Failure): boolean {
  if (failure.kind === 'limited' || failure.kind === 'unclear') return true;
  return failure.kind === 'refused' && tooLateCodes.has(failure.code);
}

type Way = (message: Message) => Promise<string | undefined>;

/** Best first; each says why it failed, or undefined when the message arrived. */
function waysTo({ userId, channel, responseUrl }: ReplyAddress, parts: RepliesParts): Way[] {
  const ways: Way[] = [];
  if (responseUrl !== undefined) {
    ways.push(async (message) => labelled('response_url', await answerByUrl(responseUrl, message)));
  }
  if (channel !== undefined) {
    const target = { channel, user: userId };
    ways.push(async (message) =>
      labelled('chat.postEphemeral', await postPrivately('chat.postEphemeral', { target, message }, parts)),
    );
  }
  const target = { channel: userId, unfurl_links: false, unfurl_media: false };
  ways.push(async (message) =>
    labelled('direct message', await postPrivately('chat.postMessage', { target, message }, parts)),
  );
  return ways;
}

function labelled(way: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${way}: ${problem}`;
}

/** Posts with blocks, and with the words alone when this workspace refuses the blocks. */
async function postPrivately(
  method: 'chat.postEphemeral' | 'chat.postMessage',
  { target, message }: { target: Record<string, unknown>; message: Message },
  { client, unsupported }: RepliesParts,
): Promise<string | undefined> {
  const words = { ...target, text: message.text, parse: 'none', link_names: false };
  const failure = await tryPost(client, method, { ...words, blocks: message.blocks });
  if (failure === undefined) return undefined;
  if (failure.kind === 'unsupported-block') unsupported.add(failure.type);
  const isAboutBlocks =
    failure.kind === 'unsupported-block' || (failure.kind === 'refused' && blockCodes.has(failure.code));
  if (!isAboutBlocks) return failureInWords(failure);
  const second = await tryPost(client, method, words);
  return second === undefined ? undefined : failureInWords(second);
}

async function tryPost(
  client: WebClient,
  method: 'chat.postEphemeral' | 'chat.postMessage',
  body: Record<string, unknown>,
): Promise<Failure | undefined> {
  try {
    await callSlack(client, { method, body, answer: Answer });
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function failed(what: string, failure: Failure, cause: unknown): Error {
  return new Error(`Could not ${what}: ${failureInWords(failure)}`, { cause });
}

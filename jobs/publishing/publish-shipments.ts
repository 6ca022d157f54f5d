import { messageOf } from '../../src/domain/errors.ts';
import { evolveShipment } from '../../src/domain/evolve-shipment.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { Message } from '../../src/ports/chat.ts';
import type { ShipmentPost } from '../../src/ports/shipments.ts';
import { shipmentMessage } from '../../views/shipment-message.ts';
import { shipmentLine } from '../../views/shipment-thread.ts';
import { currentShipmentMessage } from './current-shipment-message.ts';
import { editShipment, type ShipmentPace } from './edit-shipment.ts';
import { createPostBudget } from './post-budget.ts';
import type { Publisher } from './publisher.ts';
import { sendPost } from './send-post.ts';

/** Between two looks for shipments whose message lags behind. Milliseconds. */
const LOOK = 500;
/** One that failed for an unforeseen reason is left alone this long. Milliseconds. */
const AFTER_FAULT = 5_000;

/**
 * Keeps the message and the thread of every shipment in step with its events, while this process leads. Edits of one message are
 * coalesced; a post is made once, and looked for before it is sent again.
 */
export async function publishShipments(publisher: Publisher, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = publisher;
  const pace: ShipmentPace = { posts: createPostBudget(), notBefore: new Map(), shown: new Map() };
  for (;;) {
    for (const id of await store.shipmentsToPublish(clock.now())) {
      if ((pace.notBefore.get(id) ?? 0) > clock.now()) continue;
      try {
        await publish(id, publisher, pace);
      } catch (error) {
        log.error('A shipment could not be published', { shipment: id, error: messageOf(error) });
        pace.notBefore.set(id, clock.now() + AFTER_FAULT);
      }
    }
    await clock.sleep(LOOK, signal);
  }
}

async function publish(id: string, publisher: Publisher, pace: ShipmentPace): Promise<void> {
  const { store, clock, policy, log } = publisher;
  const shipment = await store.shipment(id);
  if (shipment === undefined) return;
  const main = await currentShipmentMessage(shipment, publisher);
  if (main === undefined) {
    log.error('No channel takes the message of a shipment', { shipment: id });
    for (const post of await store.shipmentPosts(id)) {
      if (post.state === 'pending' || post.state === 'sending')
        await store.updateShipmentPost(post.id, {
          state: 'dropped',
          problem: 'there is no message to reply to',
        });
    }
    await store.markShipmentPublished(id, shipment.version);
    return;
  }
  pace.notBefore.set(id, clock.now() + policy.timing.messageEvery);
  const lines = await keepLines(shipment, main.channel, publisher);
  const posted = await bring(shipment, main, publisher, pace);
  if (posted?.ts === undefined) return;
  await publishThread(lines, posted, publisher, pace);
}

/** Posts the message, or edits it to what is so now. Undefined: later. */
async function bring(
  shipment: Shipment,
  main: ShipmentPost,
  publisher: Publisher,
  pace: ShipmentPace,
): Promise<ShipmentPost | undefined> {
  const { store, clock, policy } = publisher;
  const title = serviceNamed(policy, shipment.service)?.title ?? shipment.service;
  const message = shipmentMessage(shipment, title);
  if (main.state !== 'sent') {
    const wasUnclear = main.state === 'sending';
    const sent = await send(main, { message, since: shipment.requestedAt }, publisher, pace);
    if (sent.state !== 'sent') return undefined;
    // One that was found may show an older state: it is edited next.
    if (!wasUnclear) await store.markShipmentPublished(shipment.id, shipment.version);
    return keepLink(sent, publisher);
  }
  if (main.notBefore > clock.now()) return undefined;
  const isShown =
    pace.shown.get(main.id) === shipment.version ||
    (await editShipment(shipment, main, message, publisher, pace));
  return isShown ? keepLink(main, publisher) : undefined;
}

/** The pull request links to it. One that Slack does not give is asked for with the next edit. */
async function keepLink(post: ShipmentPost, { store, chat }: Publisher): Promise<ShipmentPost> {
  const { id, channel, ts } = post;
  if (post.permalink !== undefined || ts === undefined) return post;
  const permalink = await chat.permalink({ channel, ts });
  if (permalink === undefined) return post;
  await store.updateShipmentPost(id, { permalink });
  return { ...post, permalink };
}

type Line = { id: string; at: number; message: Message };

/** Keeps a post for each line the thread should have so far. */
async function keepLines({ id }: Shipment, channel: string, { store }: Publisher): Promise<Line[]> {
  const lines: Line[] = [];
  const posts: { id: string; shipment: string; event: number; channel: string }[] = [];
  let state: Shipment | undefined;
  for (const recorded of await store.shipmentEvents(id)) {
    const before = state;
    state = evolveShipment(state, recorded);
    const message = state === undefined ? undefined : shipmentLine(recorded, before, state);
    if (message === undefined) continue;
    const line = `${id}/${recorded.version}`;
    lines.push({ id: line, at: recorded.at, message });
    posts.push({ id: line, shipment: id, event: recorded.version, channel });
  }
  await store.addShipmentPosts(posts);
  return lines;
}

/** One after the other: what Slack does not take now is tried again before the next. */
async function publishThread(
  lines: readonly Line[],
  { shipment, channel, ts }: ShipmentPost,
  publisher: Publisher,
  pace: ShipmentPace,
): Promise<void> {
  if (ts === undefined) return;
  const posts = new Map((await publisher.store.shipmentPosts(shipment)).map((post) => [post.id, post]));
  for (const { id, at, message } of lines) {
    const post = posts.get(id);
    if (post === undefined || post.state === 'sent' || post.state === 'dropped') continue;
    const sent = await send({ ...post, channel }, { message, threadTs: ts, since: at }, publisher, pace);
    if (sent.state !== 'sent' && sent.state !== 'dropped') return;
  }
}

async function send(
  post: ShipmentPost,
  what: { message: Message; threadTs?: string; since: number },
  publisher: Publisher,
  pace: ShipmentPace,
): Promise<ShipmentPost> {
  const { store, log } = publisher;
  // Of no deployment.
  const sent = await sendPost(
    { post: { ...post, deployment: 0 }, ...what },
    { ...publisher, store: { updatePost: (id, change) => store.updateShipmentPost(id, change) } },
    pace,
  );
  if (sent.state === 'dropped')
    log.error('A message of a shipment was refused', { post: sent.id, problem: sent.problem });
  return { ...sent, shipment: post.shipment };
}

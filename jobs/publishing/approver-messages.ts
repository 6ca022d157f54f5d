import { consentWanted } from '../../src/domain/consent.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import { answeredMessage, askingMessage } from '../../views/approver-message.ts';
import { consentAnsweredMessage, consentAskingMessage } from '../../views/consenter-message.ts';
import { askedOutsideChannel } from './asked-people.ts';
import { type Asking, askingsOf, isStillAsked, openAskings } from './askings.ts';
import { askedBy, directPost, isDirect } from './direct-posts.ts';
import type { Pace } from './pace.ts';
import type { DeploymentPublisher } from './publisher.ts';
import { refusedPart } from './refusal.ts';
import { titleOf } from './render.ts';
import { lookFor, sendPost } from './send-post.ts';

/** So many people are told in one round. */
const MOST_TOLD = 20;
/** Pause after an edit that may not have worked out. Milliseconds. */
const EDIT_PAUSE = 2_000;
/** Pause while Slack refuses whatever Forge sends. Milliseconds. */
const SHUT_OUT_PAUSE = 60_000;

/** What a direct message is about: the time people were asked, and the person it asks. */
type About = { asking: Asking; person: string; deployment: Deployment; isStill: boolean };

/**
 * Marks the direct messages that say what is over by now, so that they are edited. Before the message counts as published: from
 * then on nothing but these posts tells that something is left to do.
 */
export async function markAnswered(deployment: Deployment, { store }: DeploymentPublisher): Promise<void> {
  const posts = await directPosts(deployment, store);
  if (posts.length === 0) return;
  const askings = askingsOf(await store.events(deployment.number));
  for (const post of posts) {
    const about = aboutOf(post, { deployment, askings });
    if (about === undefined || about.isStill) continue;
    if (post.state === 'sent') await store.updatePost(post.id, { state: 'pending', notBefore: 0 });
    if (post.state === 'pending' && post.ts === undefined) await dropUnsent(post, store);
  }
}

/**
 * Asks whom the channel does not reach in a direct message, and takes the buttons away from those whose answer is not wanted
 * any more. Safe to call again; each is asked once. Tells whether nothing is left to do.
 */
export async function publishApproverMessages(
  deployment: Deployment,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<boolean> {
  const { store } = publisher;
  const isNobodyAsked = deployment.approval === undefined && consentWanted(deployment) === undefined;
  if (isNobodyAsked && (await directPosts(deployment, store)).length === 0) return true;
  const askings = askingsOf(await store.events(deployment.number));
  for (const asking of openAskings(deployment, askings)) {
    await keepQuestions(deployment, asking, publisher, pace);
  }
  let isDone = true;
  for (const post of await directPosts(deployment, store)) {
    const about = aboutOf(post, { deployment, askings });
    if (about === undefined || !isOpen(post)) continue;
    if (!(await bring(post, about, publisher, pace))) isDone = false;
  }
  return isDone;
}

/** Keeps a post for each person who is to be told. Asked again while Slack does not say who all of them are. */
async function keepQuestions(
  deployment: Deployment,
  asking: Asking,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<void> {
  const { store, log } = publisher;
  const { number } = deployment;
  const kept = asking.for === 'vote' ? pace.approversKept : pace.consentersKept;
  if (kept.get(number) === asking.event) return;
  const asked = await askedOutsideChannel(deployment, asking.for, publisher);
  const posts = await directPosts(deployment, store);
  const told = posts.flatMap(({ id, event }) => {
    const one = askedBy(id);
    return event === asking.event && one?.for === asking.for ? [one.person] : [];
  });
  const untold = asked.people.filter((person) => !told.includes(person));
  const room = Math.max(0, MOST_TOLD - told.length);
  if (untold.length > room) {
    log.warn('More people are asked about a deployment than get a direct message', {
      ...{ deployment: number, asks: asking.for, told: MOST_TOLD, untold: untold.length - room },
    });
  }
  await store.addPosts(untold.slice(0, room).map((person) => directPost(number, asking, person)));
  if (asked.isComplete) kept.set(number, asking.event);
}

/** Tells whether nothing is left to do for it now. */
async function bring(post: Post, about: About, publisher: DeploymentPublisher, pace: Pace): Promise<boolean> {
  const { store, log, clock } = publisher;
  if (post.notBefore > clock.now()) return false;
  if (post.state === 'pending' && post.ts !== undefined) return closeMessage(post, about, publisher, pace);
  const request = { post, since: about.asking.at };
  if (!about.isStill) {
    const found = post.state === 'sending' ? await lookFor(request, publisher) : 'absent';
    if (found === 'absent') await dropUnsent(post, store);
    else if (found.state === 'sent') await store.updatePost(post.id, { state: 'pending' });
    return found === 'absent';
  }
  const { deployment, asking } = about;
  const view = viewOf(deployment, publisher);
  const message = asking.for === 'vote' ? askingMessage(view) : consentAskingMessage(view);
  const sent = await sendPost({ ...request, message }, publisher, pace);
  if (sent.state === 'dropped') {
    log.warn('Somebody could not be asked in a direct message', {
      ...{ deployment: deployment.number, asks: asking.for, person: about.person, problem: sent.problem },
    });
  }
  return !isOpen(sent);
}

/** The last edit: from then on it has no buttons. */
async function closeMessage(
  post: Post,
  about: About,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<boolean> {
  const { store, chat, clock, log } = publisher;
  const { deployment, person, asking } = about;
  const now = clock.now();
  if (post.ts === undefined || !pace.edits.take(now, { news: 'phase', mayEnd: pace.countRunning() })) {
    return false;
  }
  const view = viewOf(deployment, publisher);
  const message =
    asking.for === 'vote'
      ? answeredMessage({ ...view, round: asking.round, person })
      : consentAnsweredMessage(view);
  const result = await chat.update({ channel: post.channel, ts: post.ts, message });
  switch (result.kind) {
    case 'done':
      await store.updatePost(post.id, { state: 'closed' });
      return true;
    case 'limited':
      pace.edits.closeUntil(clock.now() + result.retryAfterMs);
      await store.updatePost(post.id, { notBefore: clock.now() + result.retryAfterMs });
      return false;
    case 'unclear':
      await store.updatePost(post.id, { notBefore: clock.now() + EDIT_PAUSE, problem: result.detail });
      return false;
    case 'unsupported-block':
      await store.updatePost(post.id, { state: 'closed', problem: `unsupported block ${result.type}` });
      return true;
    case 'refused': {
      const problem = `${result.code}: ${result.detail}`;
      log.warn('A direct message that asked somebody could not be edited', { post: post.id, problem });
      const isForge = refusedPart(result.code) === 'forge';
      const later = { notBefore: clock.now() + SHUT_OUT_PAUSE };
      await store.updatePost(post.id, isForge ? { ...later, problem } : { state: 'closed', problem });
      return !isForge;
    }
  }
}

function viewOf(deployment: Deployment, { policy }: DeploymentPublisher) {
  return { deployment, title: titleOf(deployment, policy), people: policy.people };
}

function isOpen({ state }: Post): boolean {
  return state === 'pending' || state === 'sending';
}

function dropUnsent({ id }: Post, store: DeploymentPublisher['store']): Promise<void> {
  return store.updatePost(id, { state: 'dropped', problem: 'it was over before it was sent' });
}

function aboutOf(
  { id, event }: Post,
  { deployment, askings }: { deployment: Deployment; askings: readonly Asking[] },
): About | undefined {
  const asked = askedBy(id);
  const asking = askings.find((one) => one.event === event && one.for === asked?.for);
  if (asked === undefined || asking === undefined) return undefined;
  const { person } = asked;
  return { deployment, person, asking, isStill: isStillAsked({ asking, person }, { deployment, askings }) };
}

async function directPosts({ number }: Deployment, store: DeploymentPublisher['store']): Promise<Post[]> {
  return (await store.posts(number)).filter(({ id }) => isDirect(id));
}

import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import { answeredMessage, askingMessage, isAskedStill } from '../../views/approver-message.ts';
import { askedOutsideChannel } from './asked-people.ts';
import { directPost, isDirect, personOf } from './direct-posts.ts';
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

/** A time people were asked to approve it: by the version of the event. */
type Round = { event: number; round: number; at: number };

/** What a direct message is about: a round, and the person it asks. */
type About = { round: Round; person: string; deployment: Deployment };

/**
 * Marks the direct messages that say what is over by now, so that they are edited. Before the message counts as published: from
 * then on nothing but these posts tells that something is left to do.
 */
export async function markAnswered(deployment: Deployment, { store }: DeploymentPublisher): Promise<void> {
  if (deployment.approval === undefined) return;
  const rounds = await roundsOf(deployment, store);
  for (const post of await directPosts(deployment, store)) {
    const about = aboutOf(post, { deployment, rounds });
    if (about === undefined || isStillAsking(about)) continue;
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
  if (deployment.approval === undefined) return true;
  const { store } = publisher;
  const rounds = await roundsOf(deployment, store);
  await keepQuestions(deployment, rounds.at(-1), publisher, pace);
  let isDone = true;
  for (const post of await directPosts(deployment, store)) {
    const about = aboutOf(post, { deployment, rounds });
    if (about === undefined || !isOpen(post)) continue;
    if (!(await bring(post, about, publisher, pace))) isDone = false;
  }
  return isDone;
}

/** Keeps a post for each person who is to be told. Asked again while Slack does not say who all of them are. */
async function keepQuestions(
  deployment: Deployment,
  round: Round | undefined,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<void> {
  const { store, log } = publisher;
  const { number, approval, phase } = deployment;
  if (round === undefined || phase.kind !== 'awaiting-approval' || round.round !== approval?.round) return;
  if (deployment.abortRequestedBy !== undefined || deployment.emergency !== undefined) return;
  if (pace.approversKept.get(number) === round.event) return;
  const asked = await askedOutsideChannel(deployment, publisher);
  const posts = await directPosts(deployment, store);
  const told = posts.filter(({ event }) => event === round.event).map(({ id }) => personOf(id));
  const untold = asked.people.filter((person) => !told.includes(person));
  const room = Math.max(0, MOST_TOLD - told.length);
  if (untold.length > room) {
    log.warn('More people are asked to approve a deployment than get a direct message', {
      ...{ deployment: number, told: MOST_TOLD, untold: untold.length - room },
    });
  }
  const event = { number, event: round.event };
  await store.addPosts(untold.slice(0, room).map((person) => directPost(event, person)));
  if (asked.isComplete) pace.approversKept.set(number, round.event);
}

/** Tells whether nothing is left to do for it now. */
async function bring(post: Post, about: About, publisher: DeploymentPublisher, pace: Pace): Promise<boolean> {
  const { store, log, clock } = publisher;
  if (post.notBefore > clock.now()) return false;
  if (post.state === 'pending' && post.ts !== undefined) return closeMessage(post, about, publisher, pace);
  const request = { post, since: about.round.at };
  if (!isStillAsking(about)) {
    const found = post.state === 'sending' ? await lookFor(request, publisher) : 'absent';
    if (found === 'absent') await dropUnsent(post, store);
    else if (found.state === 'sent') await store.updatePost(post.id, { state: 'pending' });
    return found === 'absent';
  }
  const { deployment } = about;
  const message = askingMessage(viewOf(deployment, publisher));
  const sent = await sendPost({ ...request, message }, publisher, pace);
  if (sent.state === 'dropped') {
    log.warn('An approver could not be asked in a direct message', {
      ...{ deployment: deployment.number, person: about.person, problem: sent.problem },
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
  const { deployment, person, round } = about;
  const now = clock.now();
  if (post.ts === undefined || !pace.edits.take(now, { news: 'phase', mayEnd: pace.countRunning() })) {
    return false;
  }
  const message = answeredMessage({ ...viewOf(deployment, publisher), round: round.round, person });
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
      log.warn('A direct message to an approver could not be edited', { post: post.id, problem });
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

function isStillAsking({ round: { round }, person, deployment }: About): boolean {
  return isAskedStill(deployment, { round, person });
}

function isOpen({ state }: Post): boolean {
  return state === 'pending' || state === 'sending';
}

function dropUnsent({ id }: Post, store: DeploymentPublisher['store']): Promise<void> {
  return store.updatePost(id, { state: 'dropped', problem: 'it was over before it was sent' });
}

function aboutOf(
  { id, event }: Post,
  { deployment, rounds }: { deployment: Deployment; rounds: readonly Round[] },
): About | undefined {
  const person = personOf(id);
  const round = rounds.find((one) => one.event === event);
  return person === undefined || round === undefined ? undefined : { deployment, person, round };
}

async function directPosts({ number }: Deployment, store: DeploymentPublisher['store']): Promise<Post[]> {
  return (await store.posts(number)).filter(({ id }) => isDirect(id));
}

async function roundsOf({ number }: Deployment, store: DeploymentPublisher['store']): Promise<Round[]> {
  return (await store.events(number)).flatMap(({ version, at, event }) =>
    event.type === 'approval-asked' ? [{ event: version, round: event.round, at }] : [],
  );
}

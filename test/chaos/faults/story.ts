import { setTimeout as sleep } from 'node:timers/promises';
import { findButton } from '../../../sandbox/find-button.ts';
import { ControlError, type Delivery } from '../../../sandbox/parts.ts';
import { type Deployment, isFinished } from '../../../src/domain/deployment.ts';
import type { Environment } from '../deploy/deploy-world.ts';
import type { FaultWorld } from './fault-world.ts';
import { createScreen, MAYA, type Screen } from './screen.ts';
import { waitUntil } from './wait-until.ts';

/** The longest that anything may take, with every fault in the way. Milliseconds. */
const PATIENCE = 75_000;
/** A person who sees nothing happen tries again after this. Milliseconds. */
const RESTLESS = 25_000;
/** What Forge does about something that Slack could not hand over shows itself within this time. Milliseconds. */
const LATE = 2_000;
const MOST_TRIES = 3;
/** She reads what she is told before she tries again. Milliseconds. */
const READING = 500;

/** What Maya lives through in one world, and what she was told on the way. */
export type Story = {
  world: FaultWorld;
  /** Where she deploys to. */
  environment: Environment;
  channel: string;
  screen: Screen;
  /** Sentences after which she had to do something again. */
  told: string[];
  /** Questions she answered. */
  questions: string[];
  /** Deployments that were refused because a call failed; she asked again. */
  refused: number[];
  /** What should not have happened. */
  found: string[];
  /** Deployments whose standby Forge kept longer, because it could not be sure that nobody needs it. */
  keptLonger: number[];
  /** Ends a fault that lasts. */
  lift(): void;
};

const CHANNELS: Record<Environment, string> = { staging: 'deploys', production: 'production' };

export function createStory(world: FaultWorld, environment: Environment, lift: () => void): Story {
  const channel = CHANNELS[environment];
  const screen = createScreen(world.slack, channel);
  const nothing = { told: [], questions: [], refused: [], found: [], keptLonger: [] };
  return { world, environment, channel, screen, ...nothing, lift };
}

type Deed = {
  what: string;
  act(): Promise<Delivery>;
  /** Whether what she wanted has begun. */
  hasCome(): Promise<boolean> | boolean;
};

/** Does something as a person would: looks what comes of it, and does it again when told that it was not done. */
export async function insist(story: Story, { what, act, hasCome }: Deed): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const before = story.screen.privately().length;
    const delivery = await act();
    if (await cameOf(story, hasCome, { before, isTaken: delivery.acked })) return;
    const said = story.screen.privately().slice(before).at(-1)?.text;
    if (said === undefined && delivery.acked)
      story.found.push(`${what}: taken, but nothing came of it and nobody said why`);
    story.told.push(said ?? `Slack: ${delivery.acked ? 'nothing' : delivery.error}`);
    story.lift();
    await sleep(READING);
  }
  story.found.push(`${what}: not done after ${MOST_TRIES} tries`);
}

async function cameOf(
  { screen }: Story,
  hasCome: Deed['hasCome'],
  { before, isTaken }: { before: number; isTaken: boolean },
): Promise<boolean> {
  const came = await waitUntil(
    async () => {
      if (await hasCome()) return 'come';
      return isTaken && screen.privately().length > before ? 'told' : undefined;
    },
    isTaken ? RESTLESS : LATE,
  );
  // The sentence may be about what has begun at that very moment.
  return came === 'come' || (await hasCome());
}

export function type(story: Story, words: string): Promise<Delivery> {
  return story.world.slack.command({ as: MAYA, channel: story.channel, text: `/forge ${words}` });
}

/** Presses a button of a deployment's message, agreeing to Slack's own dialog. */
export async function press(story: Story, number: number, words: string): Promise<Delivery> {
  const message = await waitUntil(() => {
    const shown = story.screen.deploymentMessages().find((one) => one.number === number)?.message;
    return findButton(shown?.blocks, words) === undefined ? undefined : shown;
  }, PATIENCE);
  const button = findButton(message?.blocks, words);
  if (message === undefined || button === undefined) {
    story.found.push(`#${number} never offered ${words}`);
    return { acked: false, error: `no button ${words}` };
  }
  try {
    return await story.world.slack.click({
      ...{ as: MAYA, channel: story.channel, ts: message.ts, confirmed: true },
      ...{ action_id: button.action_id, value: button.value },
    });
  } catch (error) {
    // The message changed between look and click.
    if (error instanceof ControlError) return { acked: false, error: error.message };
    throw error;
  }
}

export async function deployment(story: Story, number: number): Promise<Deployment | undefined> {
  return story.world.forge().store.deployment(number);
}

/** Waits for the end of a deployment and until Slack shows it; answers Resume to what is asked on the way. */
export async function untilEnded(story: Story, number: number): Promise<void> {
  const end = await waitUntil(async () => {
    const state = await deployment(story, number);
    if (state?.phase.kind === 'held') await answer(story, state);
    if (state !== undefined && isBlockedNow(state)) story.lift();
    return state !== undefined && isFinished(state) && (await isPublished(story, number)) ? state : undefined;
  }, PATIENCE);
  if (end !== undefined) return;
  const state = await deployment(story, number);
  story.found.push(
    `#${number} is not ended and shown after ${PATIENCE / 1_000} s: ${JSON.stringify(state?.phase)}`,
  );
}

function isBlockedNow({ trouble, restores }: Deployment): boolean {
  return trouble !== undefined || Object.values(restores).some(({ kind }) => kind === 'blocked');
}

async function answer(story: Story, { number, phase }: Deployment): Promise<void> {
  if (phase.kind !== 'held') return;
  if (phase.question.trim() === '' || phase.deadline <= Date.now()) {
    story.found.push(
      `#${number} is held without a question or a time to answer it: ${JSON.stringify(phase)}`,
    );
  }
  story.questions.push(phase.question);
  await waitUntil(
    () =>
      story.screen
        .deploymentMessages()
        .some((one) => one.number === number && one.message.text.includes('Waiting for an answer')) ||
      undefined,
    PATIENCE,
  );
  story.lift();
  await press(story, number, 'Resume');
  await waitUntil(
    async () => (await deployment(story, number))?.phase.kind !== 'held' || undefined,
    PATIENCE,
  );
}

async function isPublished({ world }: Story, number: number): Promise<boolean> {
  const { store } = world.forge();
  const posts = await store.posts(number);
  const isBehind = (await store.deploymentsToPublish(Date.now())).some((each) => each.number === number);
  return !isBehind && posts.length > 0 && posts.every(({ state }) => state === 'sent' || state === 'dropped');
}

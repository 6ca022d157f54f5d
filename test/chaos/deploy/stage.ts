import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../../sandbox/parts.ts';
import { type Deployment, isFinished } from '../../../src/domain/deployment.ts';
import { waitUntil } from '../faults/wait-until.ts';
import type { DeployWorld, Environment } from './deploy-world.ts';

export const MAYA = 'U0MAYA';
const CHANNELS: Record<Environment, string> = { staging: 'deploys', production: 'production' };

/** The longest that a deployment may take, with a kill in the way. Milliseconds. */
const PATIENCE = 90_000;
/** What was acknowledged shows itself within this time, and what was not soon or never. Milliseconds. */
const SHOWN = 30_000;
const LOST = 3_000;
const MOST_TRIES = 5;

/** One trial, as the person who plays it lives through it. */
export type Stage = {
  world: DeployWorld;
  environment: Environment;
  channel: string;
  /** What should not have happened. */
  found: string[];
  /** What else was seen; no violation. */
  told: string[];
};

export function createStage(world: DeployWorld, environment: Environment): Stage {
  return { world, environment, channel: CHANNELS[environment], found: [], told: [] };
}

type Deed = { what: string; act(): Promise<Delivery>; hasCome(): Promise<boolean> };

/** Does something as a person would: does it again where it was not taken, and nothing came of it. */
export async function insist({ world, found }: Stage, { what, act, hasCome }: Deed): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    await world.forge.untilReady();
    const { acked } = await act();
    const came = await waitUntil(async () => (await hasCome()) || undefined, acked ? SHOWN : LOST);
    if (came !== undefined) return;
    if (acked) found.push(`${what}: taken, but nothing came of it`);
  }
  found.push(`${what}: not done after ${MOST_TRIES} tries`);
}

export function type({ world, channel }: Stage, words: string): Promise<Delivery> {
  return world.slack.command({ as: MAYA, channel, text: `/forge ${words}` });
}

/** Types something that is to be confirmed in a form, and confirms it. */
export async function typeAndConfirm(stage: Stage, words: string): Promise<Delivery> {
  const { slack } = stage.world;
  for (const { id } of slack.views(MAYA)) await slack.close({ as: MAYA, view_id: id });
  const delivery = await type(stage, words);
  if (!delivery.acked) return delivery;
  const form = await waitUntil(() => slack.views(MAYA).find(({ view }) => view.submit != null), LOST);
  if (form === undefined) return { acked: false, error: 'there was no form' };
  return slack.submit({ as: MAYA, view_id: form.id, values: {} });
}

/** Gives the number of the deployment. */
export async function ask(stage: Stage, version: string): Promise<number> {
  const { store } = stage.world;
  const number = await store.nextNumber();
  await insist(stage, {
    what: `deploy ${version}`,
    act: () => type(stage, `deploy api ${stage.environment} ${version}`),
    hasCome: async () => (await store.deployment(number)) !== undefined,
  });
  return number;
}

/** Waits until the deployment is so; says what it is where it does not become that. */
export async function until(
  { world, found }: Stage,
  number: number,
  { what, isSo }: { what: string; isSo(state: Deployment): boolean },
): Promise<void> {
  let state: Deployment | undefined;
  const came = await waitUntil(async () => {
    state = await world.store.deployment(number);
    return (state !== undefined && isSo(state)) || undefined;
  }, PATIENCE);
  if (came !== undefined) return;
  const { phase, steps, restores, trouble } = state ?? {};
  const shown = JSON.stringify({ phase, steps, restores, trouble });
  found.push(`#${number} is not ${what} after ${PATIENCE / 1_000} s: ${shown}`);
}

/** Waits for the end of a deployment and until Slack shows it. */
export async function untilEnded(stage: Stage, number: number): Promise<void> {
  await until(stage, number, { what: 'ended', isSo: isFinished });
  const { store } = stage.world;
  await waitUntil(async () => {
    const posts = await store.posts(number);
    const behind = await store.deploymentsToPublish(Date.now());
    const isSent = posts.every(({ state }) => state === 'sent' || state === 'dropped');
    return (isSent && !behind.some((each) => each.number === number)) || undefined;
  }, SHOWN);
}

/** The version customers get now. */
export async function liveVersion({ world }: Pick<Stage, 'world'>): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(world.url, { headers: { connection: 'close' } });
    await answer.text();
    const version = answer.headers.get('x-version');
    if (version !== null) return version;
    if (tries === 10) return `nothing (${answer.status})`;
    await sleep(100);
  }
}

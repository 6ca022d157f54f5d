import { z } from 'zod';
import { type Click, type Client, type Delivery, Refused, type View } from '../../../sandbox/client.ts';
import { findButton } from '../../../sandbox/find-button.ts';
import { type Deployment, isFinished } from '../../../src/domain/deployment.ts';
import { waitUntil } from '../../chaos/faults/wait-until.ts';
import { InvariantBroken } from '../engine/figure.ts';
import type { Stage } from './stage.ts';

const MAYA = 'U0MAYA';
const CHANNEL = 'production';
const PATIENCE_MS = 90_000;

/** What every button of a deployment carries. */
const About = z.object({ deployment: z.int() });

/** Asks for a release in production; gives the number of the deployment. */
export async function deploy({ client, store }: Stage, version: string): Promise<number> {
  const number = await store.nextNumber();
  await type(client, `deploy api production ${version}`);
  await found(`#${number}`, async () => await store.deployment(number));
  return number;
}

/** Waits until it is as wanted. */
export async function until(
  { store }: Stage,
  number: number,
  { what, isSo }: { what: string; isSo(state: Deployment): boolean },
): Promise<void> {
  await found(`#${number} ${what}`, async () => {
    const state = await store.deployment(number);
    if (state === undefined) return undefined;
    if (isSo(state)) return state;
    if (!isFinished(state)) return undefined;
    throw new InvariantBroken(`#${number} is not ${what}, but ${JSON.stringify(state.phase)}`);
  });
}

/**
 * Presses a button that opens a form, reads the form and gives what sends it. Where Slack did not let it open in time, the
 * same question comes in private, with a button.
 */
export async function formOf(stage: Stage, number: number, words: string): Promise<() => Promise<Delivery>> {
  const { client } = stage;
  await client.click(await buttonOf(stage, number, words));
  return found(`the form of “${words}”`, async () => {
    const form = (await client.views(MAYA)).find(isComplete);
    if (form !== undefined) return () => client.submit({ as: MAYA, view_id: form.id, values: {} });
    const click = await shownButton(stage, number, { words, isPrivate: true });
    return click === undefined ? undefined : () => client.click(click);
  });
}

/** Presses a button about which Slack asks whether one is sure, and gives what says yes. */
export async function dialogOf(
  stage: Stage,
  number: number,
  words: string,
): Promise<() => Promise<Delivery>> {
  const pressed = await buttonOf(stage, number, words);
  await asked(stage.client, pressed);
  return () => stage.client.click({ ...pressed, confirmed: true });
}

function buttonOf(stage: Stage, number: number, words: string): Promise<Click> {
  return found(`“${words}” of #${number}`, () => shownButton(stage, number, { words, isPrivate: false }));
}

async function shownButton(
  { client }: Stage,
  number: number,
  { words, isPrivate }: { words: string; isPrivate: boolean },
): Promise<Click | undefined> {
  for (const message of await client.messages(CHANNEL, MAYA)) {
    const button = findButton(message.blocks, words);
    if (button?.value === undefined || message.ephemeral !== isPrivate) continue;
    if (About.parse(JSON.parse(button.value)).deployment !== number) continue;
    const { action_id, value } = button;
    return { as: MAYA, channel: CHANNEL, ts: message.ts, action_id, value };
  }
  return undefined;
}

/** The person sees Slack's own question, and Forge hears of nothing yet. */
async function asked(client: Client, pressed: Click): Promise<void> {
  try {
    await client.click(pressed);
  } catch (error) {
    if (error instanceof Refused && error.fields.confirm !== undefined) return;
    throw error;
  }
  throw new InvariantBroken('The button asked nobody whether they are sure');
}

function isComplete({ view }: View): boolean {
  return view.submit !== undefined && view.submit !== null;
}

async function type(client: Client, words: string): Promise<void> {
  const delivery = await client.command({ as: MAYA, channel: CHANNEL, text: `/forge ${words}` });
  if (!delivery.acked) throw new InvariantBroken(`Forge did not take “${words}”: ${delivery.error}`);
}

async function found<Thing>(what: string, look: () => Promise<Thing | undefined>): Promise<Thing> {
  const thing = await waitUntil(look, PATIENCE_MS);
  if (thing === undefined) throw new InvariantBroken(`${what}: not within ${PATIENCE_MS / 1000} s`);
  return thing;
}

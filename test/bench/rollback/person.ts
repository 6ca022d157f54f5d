import { z } from 'zod';
import {
  type Click,
  type Client,
  type Delivery,
  type Message,
  Refused,
  type View,
} from '../../../sandbox/client.ts';
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

/** Presses a button that opens a form, reads the form and gives what sends it. */
export async function formOf(stage: Stage, number: number, words: string): Promise<() => Promise<Delivery>> {
  const { client } = stage;
  await client.click(await buttonOf(stage, number, words));
  const form = await found(`the form of “${words}”`, async () => (await client.views(MAYA)).find(isComplete));
  return () => client.submit({ as: MAYA, view_id: form.id, values: {} });
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

async function buttonOf({ client }: Stage, number: number, words: string): Promise<Click> {
  const { message, button } = await found(`“${words}” of #${number}`, async () => {
    const messages = await client.messages(CHANNEL, MAYA);
    return messages.map((each) => withButton(each, number, words)).find((each) => each !== undefined);
  });
  const { action_id, value } = button;
  return { as: MAYA, channel: CHANNEL, ts: message.ts, action_id, ...(value === undefined ? {} : { value }) };
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

function withButton(message: Message, number: number, words: string) {
  const button = findButton(message.blocks, words);
  const isIts = button?.value !== undefined && About.parse(JSON.parse(button.value)).deployment === number;
  return isIts ? { message, button } : undefined;
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

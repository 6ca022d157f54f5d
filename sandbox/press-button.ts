import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type Delivery, Refused, type View } from './client.ts';
import { findButton } from './find-button.ts';

const VIEW_WITHIN_MS = 5_000;

/**
 * Presses the button with these words and agrees to whatever it asks: Slack's own dialog, or a modal of Forge.
 * Throws when there is no such button or Forge does not take it.
 */
export async function pressButton(
  client: Client,
  press: { as: string; channel: string; ts: string; words: string },
): Promise<void> {
  const { as, channel, ts, words } = press;
  const message = (await client.messages(channel, as)).find((candidate) => candidate.ts === ts);
  const button = findButton(message?.blocks, words);
  if (button === undefined) throw new Error(`The message ${ts} has no button “${words}” any more.`);
  const click = { as, channel, ts, action_id: button.action_id, value: button.value };
  const viewsBefore = new Set((await client.views(as)).map((view) => view.id));
  let wasAskedBySlack = false;
  try {
    requireAcked(await client.click(click));
  } catch (error) {
    if (!(error instanceof Refused) || error.fields.confirm === undefined) throw error;
    wasAskedBySlack = true;
    requireAcked(await client.click({ ...click, confirmed: true }));
  }
  if (wasAskedBySlack) return;
  const modal = await newModal(client, as, viewsBefore);
  if (modal !== undefined) requireAcked(await client.submit({ as, view_id: modal.id, values: {} }));
}

/** A modal that can be submitted; Forge may first show one that says "one moment". */
async function newModal(client: Client, as: string, before: Set<string>): Promise<View | undefined> {
  const deadline = Date.now() + VIEW_WITHIN_MS;
  while (Date.now() < deadline) {
    const modal = (await client.views(as)).findLast((view) => !before.has(view.id));
    if (modal?.view.submit !== undefined && modal.view.submit !== null) return modal;
    await sleep(100);
  }
  return undefined;
}

function requireAcked(delivery: Delivery): void {
  if (!delivery.acked) throw new Error(`Forge did not take it: ${delivery.error}`);
  if (delivery.errors !== undefined && Object.keys(delivery.errors).length > 0) {
    throw new Error(`Forge refused it: ${Object.values(delivery.errors).join(' ')}`);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Delivery } from '../../sandbox/client.ts';
import type { EcsHistory } from './ecs-history.ts';
import { forgeReady, killForge } from './killer.ts';
import { AS, CHANNEL, deploymentMessages, type Observation, observe } from './observation.ts';
import { endingOf, type Round, violations } from './violations.ts';

const END_WITHIN_MS = 120_000;
/** A command that Forge kept but could not acknowledge shows itself within this time after the restart. */
const LATE_WITHIN_MS = 5_000;
/** After the end the last edits and thread lines are still on their way. */
const SETTLE_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 250;

export type RoundResult = { round: Round; seconds: number; violations: string[]; text: string };

/** Asks for a version, kills Forge at the given moments, waits for the end, and judges it. */
export async function playRound(
  client: Client,
  history: EcsHistory,
  plan: { version: string; killsMs: readonly number[] },
): Promise<RoundResult> {
  await forgeReady(client);
  const before = await observe(client, history);
  const started = Date.now();
  const [delivery] = await Promise.all([type(client, plan.version), killForge(client, plan.killsMs)]);
  await forgeReady(client);
  const acked = await ensureAsked({ client, history, before, version: plan.version }, delivery);
  const round = { asked: plan.version, liveBefore: before.liveVersion ?? 'nothing', acked, before };
  await untilEnded(client, history, before);
  const seconds = (Date.now() - started) / 1000;
  const found = await untilRight(client, history, round);
  const after = await observe(client, history);
  return { round, seconds, violations: found, text: newMessages(before, after)[0]?.text ?? 'no message' };
}

function type(client: Client, version: string): Promise<Delivery> {
  return client.command({ as: AS, channel: CHANNEL, text: `/forge deploy api staging ${version}` });
}

type Asking = { client: Client; history: EcsHistory; before: Observation; version: string };

/** A person whose command failed visibly looks whether something came of it, and else types it again. */
async function ensureAsked({ client, history, before, version }: Asking, first: Delivery): Promise<boolean> {
  if (first.acked) return true;
  const deadline = Date.now() + LATE_WITHIN_MS;
  while (Date.now() < deadline) {
    if (newMessages(before, await observe(client, history)).length > 0) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return (await type(client, version)).acked;
}

async function untilEnded(client: Client, history: EcsHistory, before: Observation): Promise<void> {
  const deadline = Date.now() + END_WITHIN_MS;
  while (Date.now() < deadline) {
    const fresh = newMessages(before, await observe(client, history));
    if (fresh.length > 0 && fresh.every((message) => endingOf(message) !== undefined)) return;
    await sleep(LOOK_EVERY_MS);
  }
}

async function untilRight(client: Client, history: EcsHistory, round: Round): Promise<string[]> {
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  let found = violations(round, await observe(client, history));
  while (found.length > 0 && Date.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
    found = violations(round, await observe(client, history));
  }
  return found;
}

function newMessages(before: Observation, after: Observation) {
  const known = new Set(deploymentMessages(before.messages).map(({ message }) => message.ts));
  return deploymentMessages(after.messages)
    .map(({ message }) => message)
    .filter((message) => !known.has(message.ts));
}

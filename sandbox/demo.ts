/** The story without a browser: a deployment under load and its rollback, as anybody would do them in #deploys. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Message } from './client.ts';
import { findButton } from './find-button.ts';
import { launchSandbox } from './launch.ts';
import { plainText } from './plain-text.ts';
import { pressButton } from './press-button.ts';

const AS = 'U0MAYA';
const CHANNEL = 'deploys';
const SERVICE = { service: 'api', environment: 'staging' };
const BEFORE = 'v1.0.0';
const AFTER = 'v1.1.0';
const REQUESTS_PER_SECOND = 20;
const LOOK_EVERY_MS = 300;
const ONE_STORY_WITHIN_MS = 45_000;

const sandbox = await launchSandbox({ complain: say });
try {
  await tell(sandbox.client);
} catch (error) {
  say(`\nThis is not right: ${error instanceof Error ? error.message : String(error)}`);
  say(`\nForge logged last:\n${await logTail(sandbox.addresses.forge.log)}`);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
}

async function tell(client: Client): Promise<void> {
  await untilLive(client, BEFORE);
  say(`${BEFORE} is live. ${REQUESTS_PER_SECOND} requests a second begin.`);
  await client.load({ ...SERVICE, requestsPerSecond: REQUESTS_PER_SECOND });

  say('\nMaya types in #deploys:  /forge deploy staging\n');
  const before = await messageTimes(client);
  const delivery = await client.command({ as: AS, channel: CHANNEL, text: '/forge deploy staging' });
  if (!delivery.acked) throw new Error(`Forge did not take the command: ${delivery.error}`);
  const deployed = await follow(client, {
    before,
    goal: 'its message offers Roll back',
    isReached: async (message) => findButton(message.blocks, 'Roll back') !== undefined,
  });
  await untilLive(client, AFTER);
  say(`The service answers ${AFTER}.`);

  say('\nMaya presses Roll back, and confirms.\n');
  const beforeRollback = await messageTimes(client);
  await pressButton(client, { as: AS, channel: CHANNEL, ts: deployed.ts, words: 'Roll back' });
  await follow(client, {
    before: beforeRollback,
    goal: `${BEFORE} answers again and the message says so`,
    isReached: async (message) => !isUnderWay(message) && (await liveVersion(client)) === BEFORE,
  });
  say(`The service answers ${BEFORE} again.`);

  const { requests, failures } = await serviceState(client);
  say(`\nOf ${requests} requests meanwhile, ${failures} failed.`);
  if (failures > 0) throw new Error(`${failures} requests failed; none should.`);
}

async function logTail(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).split('\n').slice(-20).join('\n');
}

type Story = {
  /** Messages that were there before. */
  before: ReadonlySet<string>;
  /** What is waited for, in words. */
  goal: string;
  isReached(message: Message): Promise<boolean>;
};

/** Shows the newest deployment message as it changes, until the goal is reached. */
async function follow(client: Client, story: Story): Promise<Message> {
  const deadline = Date.now() + ONE_STORY_WITHIN_MS;
  let shown = '';
  while (Date.now() < deadline) {
    const message = await newDeploymentMessage(client, story.before);
    if (message !== undefined) {
      const text = plainText(message.blocks).join('\n');
      if (text !== shown) say(`${text}\n`);
      shown = text;
      if (await story.isReached(message)) return message;
    }
    await sleep(LOOK_EVERY_MS);
  }
  const answers = await privateAnswers(client);
  throw new Error(
    `Not within ${ONE_STORY_WITHIN_MS / 1000} s: ${story.goal}. The message shows:\n${shown}\nForge told Maya: ${answers}`,
  );
}

function isUnderWay(message: Message): boolean {
  return plainText(message.blocks).some((line) => /\((?:pending|in_progress)\)/.test(line));
}

async function privateAnswers(client: Client): Promise<string> {
  const messages = await client.messages(CHANNEL, AS);
  const texts = messages.filter((message) => message.ephemeral).map((message) => message.text);
  return texts.length === 0 ? 'nothing' : texts.join(' / ');
}

async function messageTimes(client: Client): Promise<Set<string>> {
  return new Set((await client.messages(CHANNEL, AS)).map((message) => message.ts));
}

/** Private answers and thread lines are not it. */
async function newDeploymentMessage(
  client: Client,
  before: ReadonlySet<string>,
): Promise<Message | undefined> {
  const messages = await client.messages(CHANNEL, AS);
  return messages.findLast(
    (message) =>
      !before.has(message.ts) && !message.ephemeral && message.threadTs === undefined && message.user !== AS,
  );
}

async function untilLive(client: Client, version: string): Promise<void> {
  const deadline = Date.now() + ONE_STORY_WITHIN_MS;
  let live: string | undefined;
  while (Date.now() < deadline) {
    live = await liveVersion(client);
    if (live === version) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`The service answers ${live ?? 'nothing'} instead of ${version}.`);
}

async function liveVersion(client: Client): Promise<string | undefined> {
  return (await serviceState(client)).live?.version;
}

async function serviceState(client: Client) {
  const { services } = await client.state();
  const found = services.find(
    (service) => service.name === SERVICE.service && service.environment === SERVICE.environment,
  );
  if (found === undefined) throw new Error(`The sandbox has no service ${SERVICE.service}.`);
  return found;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

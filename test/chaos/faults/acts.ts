import type { Delivery } from '../../../sandbox/parts.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import { MAYA } from './screen.ts';
import { deployment, insist, press, type Story, type as typeWords, untilEnded } from './story.ts';
import { waitUntil } from './wait-until.ts';

const READY_WITHIN_MS = 30_000;
const STARTED_WITHIN_MS = 20_000;
/** What is live is asked of AWS first. */
const FORM_WITHIN_MS = 10_000;

export async function start(story: Story): Promise<void> {
  await story.world.startForge();
  const { death, isReady: listens } = story.world.forge();
  const isReady = () => listens() || death() !== undefined || undefined;
  const ready = await waitUntil(isReady, READY_WITHIN_MS / 6);
  const end = death();
  if (end !== undefined) story.found.push(`Forge would have ended: ${end}`);
  if (ready !== undefined) return;
  story.told.push('nothing: Forge waits for Slack');
  story.lift();
  if ((await waitUntil(isReady, READY_WITHIN_MS)) === undefined) {
    story.found.push(`Forge was not ready ${READY_WITHIN_MS / 1_000} s after Slack worked again`);
  }
}

/** Asks for a version by words, and waits until it has ended; asks again when it was refused without having begun. */
export async function deploy(story: Story, version: string): Promise<void> {
  const number = await ask(story, version);
  await untilEnded(story, number);
  if (await isRefused(story, number)) await deploy(story, version);
}

/** AWS was silent before anything began: the message says so, and nothing was changed. */
async function isRefused(story: Story, number: number): Promise<boolean> {
  const state = await deployment(story, number);
  if (state?.phase.kind !== 'refused' || story.refused.length > 0) return false;
  story.refused.push(number);
  story.told.push(state.phase.reason);
  story.lift();
  return true;
}

/** Gives the number of the deployment. */
export async function ask(story: Story, version: string): Promise<number> {
  const number = await story.world.forge().store.nextNumber();
  await insist(story, {
    what: `deploy ${version}`,
    act: () => typeWords(story, `deploy api ${story.environment} ${version}`),
    hasCome: async () => (await deployment(story, number)) !== undefined,
  });
  return number;
}

/** Asks for a version that never becomes healthy, and waits until its tasks are being started. */
export async function begin(story: Story, version: string): Promise<void> {
  const number = await ask(story, version);
  const isUnderWay = async () => {
    const steps = Object.values((await deployment(story, number))?.steps ?? {});
    return steps.some((step) => step.kind === 'running' && step.progress !== undefined) || undefined;
  };
  const isShown = () =>
    story.screen.deploymentMessages().some(({ message }) => message.text.includes('Deploying'));
  const isSeen = async () => (isShown() ? isUnderWay() : undefined);
  if ((await waitUntil(isSeen, STARTED_WITHIN_MS)) === undefined) story.found.push('nothing was started');
}

/** Takes a deployment back that has ended. */
export async function rollBack(story: Story, undone: number): Promise<void> {
  const number = await story.world.forge().store.nextNumber();
  await insist(story, {
    what: 'roll back',
    act: () => pressAndConfirm(story, undone, 'Roll back'),
    hasCome: async () => (await deployment(story, number)) !== undefined,
  });
  await untilEnded(story, number);
  if (await isRefused(story, number)) await rollBack(story, undone);
  else await untilEnded(story, undone);
}

/** Where the service is in colours a form asks; elsewhere Slack does. */
async function pressAndConfirm(story: Story, number: number, words: string): Promise<Delivery> {
  const pressed = await press(story, number, words);
  if (!pressed.acked || story.environment !== 'production') return pressed;
  const { screen, world } = story;
  const isComplete = () => (screen.form()?.view.submit == null ? undefined : screen.form());
  const form = await waitUntil(isComplete, FORM_WITHIN_MS);
  if (form === undefined) return { acked: false, error: `no question, but ${shownBy(screen.form())}` };
  return world.slack.submit({ as: MAYA, view_id: form.id, values: {} });
}

function shownBy(form: ReturnType<Story['screen']['form']>): string {
  return form === undefined ? 'nothing' : plainText([form.view.blocks].flat()).join(' ');
}

export async function abort(story: Story, number: number): Promise<void> {
  await insist(story, {
    what: 'abort',
    act: () => press(story, number, 'Abort'),
    hasCome: async () => (await deployment(story, number))?.abortRequestedBy !== undefined,
  });
  await untilEnded(story, number);
}

export async function deployByForm(story: Story): Promise<void> {
  const { screen, world } = story;
  await insist(story, {
    what: 'open the form',
    act: () => typeWords(story, 'deploy api'),
    hasCome: () => screen.form() !== undefined,
  });
  const values = {
    service: { service: 'api' },
    environment: { environment: 'staging' },
    ref: { ref: 'v1.1.0' },
  };
  await insist(story, {
    what: 'send the form',
    act: async () => {
      const form = screen.form();
      if (form === undefined) return typeWords(story, 'deploy api staging v1.1.0');
      return world.slack.submit({ as: MAYA, view_id: form.id, values });
    },
    hasCome: async () => (await deployment(story, 1)) !== undefined,
  });
  await untilEnded(story, 1);
  if (await isRefused(story, 1)) await deploy(story, 'v1.1.0');
}

const QUESTIONS: readonly { words: string; answer: RegExp }[] = [
  { words: 'status', answer: /v1\.0\.0/u },
  { words: 'history', answer: /deployment|deployed/iu },
  { words: 'help', answer: /What you can type/u },
  { words: 'whoami', answer: /a member of the workspace|You are/u },
];

export async function askEverything(story: Story): Promise<void> {
  const { screen, world } = story;
  for (const { words, answer } of QUESTIONS) {
    const before = screen.privately().length;
    await insist(story, {
      what: words,
      act: () => typeWords(story, words),
      hasCome: () =>
        screen
          .privately()
          .slice(before)
          .some(({ text, blocks }) => answer.test(`${text} ${JSON.stringify(blocks)}`)),
    });
  }
  await insist(story, {
    what: 'open the Home',
    act: () => world.slack.openHome(MAYA),
    hasCome: () => /v1\.0\.0/u.test(screen.home()),
  });
}

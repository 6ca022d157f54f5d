import type { Deployment } from '../../../src/domain/deployment.ts';
import { ask } from './acts.ts';
import { deployment, insist, press, type Story, untilEnded } from './story.ts';
import { waitUntil } from './wait-until.ts';

/** As long as a deployment may take until it bakes, or a standby until it ends, with a fault in the way. Milliseconds. */
const PATIENCE = 45_000;
/** A fault that lasts has been met by then. Milliseconds. */
const RESTLESS = 15_000;
/** She does not wait longer for the answer to what she sees done. Milliseconds. */
const LATE = 2_000;

/** Asks for a version, and waits until half of the traffic goes to it. */
export async function deployUntilBaking(story: Story, version: string): Promise<number> {
  const number = await ask(story, version);
  // A load balancer follows its rules a moment later than it says so.
  const isSplit = () => [...story.world.traffic.moves().values()].every((seen) => seen.at(-1) === 50);
  const isHalfway = async () => (isSplit() && isBaking(await deployment(story, number))) || undefined;
  if ((await waitUntil(isHalfway, PATIENCE)) === undefined)
    story.found.push(`#${number} did not come to its bake`);
  return number;
}

/** In a world where bakes do not end by themselves. */
export async function deployAndSkip(story: Story, version: string): Promise<void> {
  const number = await deployUntilBaking(story, version);
  await skip(story, number);
  await untilEnded(story, number);
}

export function pause(story: Story, number: number): Promise<void> {
  return steer(story, number, { words: 'Pause', isSo: ({ paused }) => paused !== undefined });
}

export function resume(story: Story, number: number): Promise<void> {
  return steer(story, number, { words: 'Resume', isSo: ({ paused }) => paused === undefined });
}

export function skip(story: Story, number: number): Promise<void> {
  return steer(story, number, { words: 'Skip this wait', isSo: ({ skipped }) => skipped.length > 0 });
}

/** Every page of the new release fails from then on: nobody asks for its end. */
export async function goBad(story: Story, number: number): Promise<void> {
  const state = await deployment(story, number);
  const place = { service: 'api', environment: story.environment, version: state?.plan.to.version ?? '' };
  story.world.aws.behave({ ...place, errorPercent: 100 });
  await untilEnded(story, number);
  story.world.aws.behave({ ...place, errorPercent: null });
}

/** Waits until the standby has ended and nothing runs in its colour any more. Forge may keep it longer on the way. */
export async function untilStandbyEnds(story: Story, number: number): Promise<void> {
  const kept = untilOf(await deployment(story, number));
  const isOver = async () => {
    const state = await deployment(story, number);
    if (Object.values(state?.standby ?? {}).some(({ endedAt }) => endedAt !== undefined)) return 'ended';
    return untilOf(state) > kept ? 'kept longer' : undefined;
  };
  const first = await waitUntil(isOver, PATIENCE);
  if (first === 'kept longer') story.keptLonger.push(number);
  if (!(await waitUntil(() => hasScaledDown(story) || undefined, RESTLESS))) {
    // Nobody is told: Forge tries again by itself.
    story.lift();
    await waitUntil(() => hasScaledDown(story) || undefined, PATIENCE);
  }
  if (
    (await waitUntil(async () => ((await isOver()) === 'ended' ? true : undefined), PATIENCE)) === undefined
  )
    story.found.push(`the standby of #${number} did not end`);
  await untilEnded(story, number);
}

function hasScaledDown({ world }: Story): boolean {
  const colours = world.aws.truth.services.filter(({ name }) => name.startsWith('api-'));
  return colours.some(({ desiredCount }) => desiredCount === 0);
}

async function steer(
  story: Story,
  number: number,
  { words, isSo }: { words: string; isSo(state: Deployment): boolean },
): Promise<void> {
  const before = story.screen.privately().length;
  const hasCome = async () => {
    const state = await deployment(story, number);
    return state !== undefined && isSo(state);
  };
  await insist(story, {
    what: words.toLowerCase(),
    act: async () => ((await hasCome()) ? { acked: true, ms: 0 } : press(story, number, words)),
    hasCome,
  });
  // Else what she does next would take this answer for its own.
  await waitUntil(() => story.screen.privately().length > before || undefined, LATE);
}

function isBaking(state: Deployment | undefined): boolean {
  return Object.entries(state?.steps ?? {}).some(
    ([id, { kind }]) => id.endsWith('/bake-50') && kind === 'running',
  );
}

function untilOf(state: Deployment | undefined): number {
  return Math.max(0, ...Object.values(state?.standby ?? {}).map(({ until }) => until));
}

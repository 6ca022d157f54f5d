import { deploy } from './acts.ts';
import { deployAndSkip } from './colour-acts.ts';
import { createFaultWorld, type FaultWorld, type Setting } from './fault-world.ts';
import type { Expectation, Journey } from './journey.ts';
import { journeyNamed } from './journeys.ts';
import { judge } from './judge.ts';
import { type Called, faultOf } from './kinds.ts';
import type { Trial } from './places.ts';
import { waitsForPeople } from './production.ts';
import { createStory, type Story } from './story.ts';

/** `missed`: the journey never came to that call. `told`: she was told and did it again. `held`: she answered a question. */
export type Outcome = 'right' | 'told' | 'held' | 'missed' | 'violation';
export type TrialResult = {
  outcome: Outcome;
  seconds: number;
  told: string[];
  violations: string[];
  /** The last of Forge's log, for a violation. */
  log: string[];
};

const LOG_LINES = 60;

/** AWS is asked again for a while before people are; of Slack's silence nobody can be told. Milliseconds. */
function longestOutage({ service }: Called): number {
  return service === 'slack' ? 6_000 : 25_000;
}

/** Plays a journey undisturbed and gives every call Forge made in its act. Throws when even that does not end right. */
export async function record(name: string): Promise<Called[]> {
  const journey = journeyNamed(name);
  return inWorld(journey, async (world) => {
    const story = createStory(world, journey.environment, () => undefined);
    const after = await play(journey, story, () => undefined);
    const calls = world.requests.list({ after }).filter(({ service }) => isStruck(journey, service));
    const violations = await judge(story, journey.expected);
    if (violations.length > 0)
      throw new Error(`Undisturbed, “${name}” does not end right: ${violations.join('; ')}`);
    return calls.map(({ service, operation }) => ({ service, operation }));
  });
}

/** Plays a journey in which one call fails, and judges it. */
export async function tryOut(trial: Trial): Promise<TrialResult> {
  const began = Date.now();
  const journey = journeyNamed(trial.journey);
  return inWorld(journey, async (world) => {
    let hasBeenStruck = false;
    const lift = () => {
      hasBeenStruck ||= hasStruck(world, trial);
      world.faults.set([]);
    };
    const story = createStory(world, journey.environment, trial.kind === 'outage' ? lift : () => undefined);
    let end: NodeJS.Timeout | undefined;
    await play(journey, story, () => {
      world.faults.set([faultOf(trial)]);
      end = setTimeout(story.lift, longestOutage(trial));
    });
    clearTimeout(end);
    lift();
    const violations = [...(await judge(story, expectedAfter(trial))), ...keptInVain(story, trial)];
    if (violations.length === 0) violations.push(...(await afterwards(story, journey)));
    return {
      outcome: outcomeOf(story, { isStruck: hasBeenStruck, violations }),
      seconds: (Date.now() - began) / 1_000,
      told: [...story.told, ...story.questions],
      violations,
      log: violations.length === 0 ? [] : world.forge().lines.slice(-LOG_LINES),
    };
  });
}

/** Gives the last request before the act. */
async function play(journey: Journey, story: Story, disturb: () => void): Promise<number> {
  const { world } = story;
  await journey.arrange(story);
  if (story.found.length > 0) throw new Error(`“${journey.name}” could not begin: ${story.found.join('; ')}`);
  for (const watch of [world.effects, world.traffic, world.customers]) watch.begin();
  const after = world.requests.list({ after: 0 }).at(-1)?.sequence ?? 0;
  disturb();
  await journey.act(story);
  return after;
}

/** Forge is as good as new: the next deployment goes live. */
async function afterwards(
  { world }: Story,
  { environment, production, expected }: Journey,
): Promise<string[]> {
  const death = world.forge().death();
  if (death !== undefined) return [`Forge would have ended: ${death}`];
  const story = createStory(world, environment, () => undefined);
  const version = expected.live === 'v1.1.0' ? 'v1.0.0' : 'v1.1.0';
  await (waitsForPeople(production) ? deployAndSkip(story, version) : deploy(story, version));
  const [newest] = await world.forge().store.history({ limit: 1 });
  const isLive = newest?.phase.kind === 'succeeded' && newest.plan.to.version === version;
  const found = isLive ? story.found : [...story.found, `${version} is not live: ${newest?.phase.kind}`];
  return found.map((one) => `the next deployment: ${one}`);
}

function isStruck({ strikes }: Journey, service: string): boolean {
  return strikes === 'everything' || service !== 'slack';
}

/**
 * AWS acts on a registration after Forge has given it up and looked: nothing can tell that apart from one that never came. The
 * second revision is used by no service.
 */
function expectedAfter({ journey, operation, kind }: Trial): Expectation {
  const { expected } = journeyNamed(journey);
  const isLate = operation === 'RegisterTaskDefinition' && kind === 'slow';
  return isLate ? { ...expected, revisions: expected.revisions + 1 } : expected;
}

/** AWS answered in time, so nothing stood in the way of ending it. */
function keptInVain({ keptLonger }: Story, { kind }: Trial): string[] {
  if (kind === 'slow' || kind === 'outage') return [];
  return keptLonger.map((number) => `the standby of #${number} was kept longer though AWS answered in time`);
}

function hasStruck({ faults }: FaultWorld, { nth }: Trial): boolean {
  return faults.list().some(({ calls }) => calls >= nth);
}

function outcomeOf({ told, questions }: Story, seen: { isStruck: boolean; violations: string[] }): Outcome {
  if (seen.violations.length > 0) return 'violation';
  if (!seen.isStruck) return 'missed';
  if (questions.length > 0) return 'held';
  return told.length > 0 ? 'told' : 'right';
}

async function inWorld<Result>(
  setting: Setting,
  work: (world: FaultWorld) => Promise<Result>,
): Promise<Result> {
  const world = await createFaultWorld(setting);
  try {
    return await work(world);
  } finally {
    await world.stop();
  }
}

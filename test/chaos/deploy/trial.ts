import type { Phase } from '../../../src/domain/deployment.ts';
import type { Point } from './crash-points.ts';
import { createDeployWorld, type DeployWorld } from './deploy-world.ts';
import type { Journey } from './journey.ts';
import { judge } from './judge.ts';
import { sweptPoints } from './points.ts';
import { createStage } from './stage.ts';

export type Trial = { journey: Journey; point: Point };

/** How a trial ended: as the deployment did, `missed` when Forge never came to the point. */
export type Outcome =
  | Extract<Phase['kind'], 'succeeded' | 'rolled-back' | 'aborted'>
  | 'missed'
  | 'violation';
export type TrialResult = {
  outcome: Outcome;
  seconds: number;
  violations: string[];
  /** The last that Forge printed, for a violation. */
  lines: string[];
};

/** Where trials of one journey are played one after the other, each beginning where the last one ended. */
export type Theatre = {
  readonly journey: Journey;
  /** Plays it undisturbed and gives every point to die at. Throws when even that does not end right. */
  record(): Promise<Point[]>;
  play(point: Point): Promise<TrialResult>;
  close(): Promise<void>;
};

export function createTheatre(journey: Journey): Theatre {
  let world: DeployWorld | undefined;
  const open = () => createDeployWorld(journey);

  async function close(): Promise<void> {
    const ended = world;
    world = undefined;
    await ended?.stop();
  }

  return {
    journey,
    async record() {
      world ??= await open();
      const { violations } = await playOnce(world, journey, undefined);
      if (violations.length > 0) {
        const lines = world.forge.lines.join('\n');
        throw new Error(
          `Undisturbed, “${journey.name}” does not end right: ${violations.join('; ')}\n${lines}`,
        );
      }
      return sweptPoints(await world.forge.passed());
    },
    async play(point) {
      const began = Date.now();
      world ??= await open();
      const { lines, kills, ...result } = await playOnce(world, journey, point);
      // Whatever went wrong must not reach the next trial.
      if (result.violations.length > 0) await close();
      const seconds = (Date.now() - began) / 1_000;
      if (result.violations.length > 0) return { ...result, outcome: 'violation', seconds, lines };
      return { ...result, outcome: kills === 0 ? 'missed' : result.outcome, seconds, lines: [] };
    },
    close,
  };
}

type Played = { outcome: Outcome; violations: string[]; kills: number; lines: string[] };

async function playOnce(world: DeployWorld, journey: Journey, point: Point | undefined): Promise<Played> {
  const { forge, traffic, effects, customers } = world;
  const stage = createStage(world, journey.environment);
  try {
    await forge.arm(undefined);
    const arranged = await journey.arrange(stage);
    if (stage.found.length > 0) throw new Error(`it could not begin: ${stage.found.join('; ')}`);
    for (const watch of [traffic, effects, customers]) watch.begin();
    const before = forge.kills;
    await forge.arm(point);
    const expected = await journey.act(stage, arranged);
    const violations = await judge(stage, expected);
    await forge.untilReady();
    const outcome = outcomeOf(expected.phase);
    return { outcome, violations, kills: forge.kills - before, lines: forge.lines };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { outcome: 'violation', violations: [problem], kills: 0, lines: forge.lines };
  }
}

function outcomeOf(phase: Phase['kind']): Outcome {
  return phase === 'succeeded' || phase === 'rolled-back' || phase === 'aborted' ? phase : 'violation';
}

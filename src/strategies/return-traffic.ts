import type { Step } from '../domain/plan.ts';
import type { Colour } from '../domain/release.ts';
import { otherColour } from '../domain/traffic.ts';
import { liveColour } from './live-colour.ts';
import { smokeSteps } from './proof.ts';
import { exactSeconds, wholeSeconds } from './seconds.ts';
import type { UndoInput } from './strategy.ts';

/**
 * Traffic first: the regions whose standby carries what ran before move at once, side by side, and do not wait for those
 * where it has to be started again. Everywhere it is proven before anything is scaled down, the newest region first.
 */
export function returnSteps(regions: readonly UndoInput[]): Step[] {
  const warm = regions.filter((input) => isWarm(input));
  const cold = regions.filter((input) => !isWarm(input));
  return [
    ...warm.map(returnStep),
    ...warm.flatMap((input) => smokeSteps(input)),
    ...cold.map(restoreStep),
    ...cold.map(returnStep),
    ...cold.flatMap((input) => smokeSteps(input)),
    ...regions.map(watchStep),
    ...regions.map(retireStep).toReversed(),
  ];
}

/** The colour without traffic carries what ran before, with enough healthy tasks to take it all now. */
function isWarm(input: UndoInput): boolean {
  const { idle } = input.live;
  // Targets of tasks that are not wanted any more are healthy for a moment still.
  const staying = Math.min(idle?.healthy ?? 0, idle?.desired ?? 0);
  return idle?.revision === input.before.revision && staying >= needed(input);
}

/** Tasks that must be healthy before traffic moves; one is better than none. */
function needed({ live, emergency }: UndoInput): number {
  return emergency ? 1 : Math.max(1, live.desired ?? 1);
}

function restoreStep(input: UndoInput): Step {
  const { live, before, run, timing } = input;
  const { region } = run;
  return {
    id: `${region}/restore`,
    region,
    kind: 'restore',
    on: wantedColour(input),
    revision: before.revision,
    ...(live.desired === undefined ? {} : { desired: Math.max(1, live.desired) }),
    withinSeconds: wholeSeconds(timing.startWithin),
  };
}

function returnStep(input: UndoInput): Step {
  const { region } = input.run;
  const { revision } = input.before;
  return {
    id: `${region}/return`,
    region,
    kind: 'return',
    to: wantedColour(input),
    revision,
    needs: needed(input),
  };
}

function watchStep(input: UndoInput): Step {
  const { region } = input.run;
  const seconds = exactSeconds(input.timing.watchAfterReturn);
  return { id: `${region}/watch`, region, kind: 'watch', on: wantedColour(input), seconds };
}

function retireStep({ live, run: { region } }: UndoInput): Step {
  return { id: `${region}/retire`, region, kind: 'retire', on: liveColour(live) };
}

function wantedColour({ live }: UndoInput): Colour {
  return otherColour(liveColour(live));
}

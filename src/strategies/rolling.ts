import type { Step } from '../domain/plan.ts';
import { smokeSteps, verifySteps } from './proof.ts';
import { wholeSeconds } from './seconds.ts';
import type { RegionInput, Strategy, UndoInput } from './strategy.ts';

/** New tasks beside the old ones on the one service, old ones away when the new ones are healthy; then smoke tests and a look at what really runs. */
export const rolling: Strategy = {
  steps(input) {
    const { region } = input.run;
    const withinSeconds = wholeSeconds(input.timing.startWithin);
    return [{ id: `${region}/start`, region, kind: 'start', on: 'only', withinSeconds }, ...proof(input)];
  },

  undo: (regions) => regions.flatMap(undoOf),
};

function undoOf(input: UndoInput): Step[] {
  const { region } = input.run;
  const restore: Step = {
    id: `${region}/restore`,
    region,
    kind: 'restore',
    on: 'only',
    revision: input.before.revision,
    withinSeconds: wholeSeconds(input.timing.startWithin),
  };
  return [restore, ...proof(input)];
}

function proof(input: RegionInput): Step[] {
  return [...smokeSteps(input), ...verifySteps(input, 'only')];
}

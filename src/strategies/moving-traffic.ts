import type { Step } from '../domain/plan.ts';
import type { ShiftStep } from '../domain/policy.ts';
import type { Colour } from '../domain/release.ts';
import { otherColour } from '../domain/traffic.ts';
import { liveColour } from './live-colour.ts';
import { smokeSteps, verifySteps } from './proof.ts';
import { returnSteps } from './return-traffic.ts';
import { exactSeconds, wholeSeconds } from './seconds.ts';
import type { StepsInput, Strategy } from './strategy.ts';

/**
 * The release starts on the colour without traffic and is tried out there; then traffic is moved to it step by step, with
 * a bake after each. The colour that was live stays warm.
 */
export const movingTraffic: Strategy = {
  steps(input) {
    const live = liveColour(input.live);
    const next = otherColour(live);
    return [
      ...proofAtWeightNothing(input, next),
      ...armSteps(input, live),
      ...input.shifts.flatMap((shift) => shiftSteps(input, next, shift)),
      ...disarmSteps(input),
      standbyStep(input, live),
    ];
  },

  undo: returnSteps,
};

function proofAtWeightNothing(input: StepsInput, next: Colour): Step[] {
  const { region, colours } = input.run;
  const withinSeconds = wholeSeconds(input.timing.startWithin);
  return [
    { id: `${region}/start`, region, kind: 'start', on: next, withinSeconds },
    ...verifySteps(input, next),
    ...(colours === undefined ? [] : smokeSteps(input, { ...colours.preview, colour: next })),
  ];
}

function armSteps({ run: { region }, environment }: StepsInput, to: Colour): Step[] {
  if (environment.deadMan === undefined) return [];
  const afterSeconds = exactSeconds(environment.deadMan.after);
  return [{ id: `${region}/arm`, region, kind: 'arm', to, afterSeconds }];
}

function disarmSteps({ run: { region }, environment }: StepsInput): Step[] {
  return environment.deadMan === undefined ? [] : [{ id: `${region}/disarm`, region, kind: 'disarm' }];
}

function shiftSteps(input: StepsInput, to: Colour, { weight, bake, approve }: ShiftStep): Step[] {
  const { region } = input.run;
  const settleSeconds = exactSeconds(input.timing.settle);
  const steps: Step[] = [
    { id: `${region}/shift-${weight}`, region, kind: 'shift', to, weight, settleSeconds },
    { id: `${region}/bake-${weight}`, region, kind: 'bake', to, weight, seconds: exactSeconds(bake) },
  ];
  if (approve) steps.push({ id: `${region}/approve-${weight}`, region, kind: 'approve', to, weight });
  return steps;
}

function standbyStep({ run: { region }, environment }: StepsInput, on: Colour): Step {
  const seconds = wholeSeconds(environment.standby);
  return { id: `${region}/standby`, region, kind: 'standby', on, seconds };
}

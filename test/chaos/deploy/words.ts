import { parseArgs } from 'node:util';
import type { Point } from './crash-points.ts';
import { kindOf, nameOf, type PointKind } from './points.ts';

/** In CI many effects and records of this one are played, and of each other one a few; which ones changes with the seed. */
const PLAYED_MOST_IN_CI = 'rolling: deploy';
const MOST_IN_CI = 20;
const EACH_IN_CI = 1;
/** Change nothing about a deployment: swept where there is time. */
const LEFT_OUT_IN_CI: readonly PointKind[] = ['look', 'message'];

/** What was asked for in the terminal. */
export type Words = {
  /** Parts of the names of journeys. */
  journey: string[];
  isWanted(point: Point): boolean;
  seed: number;
  /** How many worlds there are side by side. */
  lanes: number;
  verbose: boolean;
  /** How many points of a journey are played; undefined: all. */
  most(journey: string): number | undefined;
};

export function readWords(): Words {
  const { values } = parseArgs({
    options: {
      journey: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
      slice: { type: 'string' },
      seed: { type: 'string' },
      lanes: { type: 'string', default: '3' },
      ci: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const { journey, only, verbose, ci } = values;
  const slice = values.slice === undefined ? undefined : wholeNumber('--slice', values.slice);
  const seed = values.seed === undefined ? undefined : wholeNumber('--seed', values.seed);
  return {
    ...{ journey, verbose },
    isWanted(point) {
      if (only.length > 0) return only.includes(nameOf(point));
      return !ci || !LEFT_OUT_IN_CI.includes(kindOf(point));
    },
    seed: seed ?? 1 + Math.floor(Math.random() * 1_000_000),
    lanes: wholeNumber('--lanes', values.lanes),
    most(name) {
      if (!ci) return slice;
      return slice ?? (name === PLAYED_MOST_IN_CI ? MOST_IN_CI : EACH_IN_CI);
    },
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1 on`);
  return number;
}

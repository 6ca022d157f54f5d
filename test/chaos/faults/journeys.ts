import { abort, askEverything, begin, deploy, deployByForm, rollBack, start } from './acts.ts';
import { COLOUR_JOURNEYS } from './colour-journeys.ts';
import type { Journey } from './journey.ts';

const ROLLING = { environment: 'staging', strikes: 'everything' } as const;
const NOTHING = { rollouts: 0, revisions: 0, standby: 'none' } as const;
const ONE = { rollouts: 1, revisions: 1, standby: 'none' } as const;
const TWO = { rollouts: 2, revisions: 2, standby: 'none' } as const;

const ROLLING_JOURNEYS: readonly Journey[] = [
  {
    ...{ name: 'start', ...ROLLING },
    arrange: async () => undefined,
    act: start,
    expected: { endings: [], live: 'v1.0.0', ...NOTHING },
  },
  {
    ...{ name: 'deploy', ...ROLLING },
    arrange: start,
    act: (story) => deploy(story, 'v1.1.0'),
    expected: { endings: [{ number: 1, phase: 'succeeded' }], live: 'v1.1.0', ...ONE },
  },
  {
    ...{ name: 'bad version', ...ROLLING },
    arrange: start,
    act: (story) => deploy(story, 'v1.2.3-broken'),
    expected: { endings: [{ number: 1, phase: 'rolled-back' }], live: 'v1.0.0', ...TWO },
  },
  {
    ...{ name: 'roll back', ...ROLLING },
    async arrange(story) {
      await start(story);
      await deploy(story, 'v1.1.0');
    },
    act: (story) => rollBack(story, 1),
    expected: {
      endings: [
        { number: 1, phase: 'succeeded' },
        { number: 2, phase: 'succeeded' },
      ],
      ...{ live: 'v1.0.0', ...TWO },
    },
  },
  {
    ...{ name: 'abort', ...ROLLING },
    async arrange(story) {
      await start(story);
      await begin(story, 'v1.2.1-hang');
    },
    act: (story) => abort(story, 1),
    expected: { endings: [{ number: 1, phase: 'aborted' }], live: 'v1.0.0', ...TWO },
  },
  {
    ...{ name: 'form', ...ROLLING },
    arrange: start,
    act: deployByForm,
    expected: { endings: [{ number: 1, phase: 'succeeded' }], live: 'v1.1.0', ...ONE },
  },
  {
    ...{ name: 'questions', ...ROLLING },
    arrange: start,
    act: askEverything,
    expected: { endings: [], live: 'v1.0.0', ...NOTHING },
  },
];

export const JOURNEYS: readonly Journey[] = [...ROLLING_JOURNEYS, ...COLOUR_JOURNEYS];

export function journeyNamed(name: string): Journey {
  const found = JOURNEYS.find((journey) => journey.name === name);
  if (found === undefined) throw new Error(`There is no journey “${name}”.`);
  return found;
}

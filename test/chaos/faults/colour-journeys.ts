import { abort, deploy, rollBack, start } from './acts.ts';
import { deployUntilBaking, goBad, pause, resume, skip, untilStandbyEnds } from './colour-acts.ts';
import type { Journey } from './journey.ts';
import type { Production } from './production.ts';
import { type Story, untilEnded } from './story.ts';

const LONG = 3_600_000;
/** It ends on its own as soon as Forge may be sure that nobody needs it. Milliseconds. */
const SHORT = 6_000;
const BAKE = 500;

const BLUE_GREEN: Production = { kind: 'blue-green', steps: [{ weight: 100, bake: BAKE }], standby: LONG };
const CANARY: Production = {
  kind: 'canary',
  steps: [10, 50, 100].map((weight) => ({ weight, bake: BAKE })),
  standby: LONG,
};
/** Stays at half of the traffic until somebody does something about it. */
const HALFWAY: Production = {
  kind: 'canary',
  steps: [
    { weight: 50, bake: LONG },
    { weight: 100, bake: BAKE },
  ],
  standby: LONG,
};

const COLOURS = { environment: 'production', strikes: 'aws' } as const;
const MADE = { rollouts: 1, revisions: 1 };

export const COLOUR_JOURNEYS: readonly Journey[] = [
  {
    ...{ name: 'blue-green', ...COLOURS, production: BLUE_GREEN },
    arrange: start,
    act: (story) => deploy(story, 'v1.1.0'),
    expected: {
      endings: [{ number: 1, phase: 'succeeded' }],
      ...{ live: 'v1.1.0', weights: [[0, 100]], standby: 'kept', ...MADE },
    },
  },
  {
    ...{ name: 'canary', ...COLOURS, production: CANARY },
    arrange: start,
    act: (story) => deploy(story, 'v1.1.0'),
    expected: {
      endings: [{ number: 1, phase: 'succeeded' }],
      ...{ live: 'v1.1.0', weights: [[0, 10, 50, 100]], standby: 'kept', ...MADE },
    },
  },
  {
    ...{ name: 'canary paused', ...COLOURS, strikes: 'everything', production: HALFWAY },
    arrange: halfway,
    async act(story) {
      await pause(story, 1);
      await resume(story, 1);
      await skip(story, 1);
      await untilEnded(story, 1);
    },
    expected: {
      endings: [{ number: 1, phase: 'succeeded' }],
      ...{ live: 'v1.1.0', weights: [[50, 100]], standby: 'kept', rollouts: 0, revisions: 0 },
    },
  },
  {
    ...{ name: 'canary aborted', ...COLOURS, production: HALFWAY },
    arrange: halfway,
    act: (story) => abort(story, 1),
    expected: {
      endings: [{ number: 1, phase: 'aborted' }],
      ...{ live: 'v1.0.0', weights: [[50, 0]], standby: 'none', rollouts: 0, revisions: 0 },
    },
  },
  {
    ...{ name: 'canary gone bad', ...COLOURS, production: HALFWAY },
    arrange: halfway,
    act: (story) => goBad(story, 1),
    expected: {
      endings: [{ number: 1, phase: 'rolled-back' }],
      ...{ live: 'v1.0.0', weights: [[50, 0]], standby: 'none', rollouts: 0, revisions: 0 },
    },
  },
  {
    ...{ name: 'roll back warm', ...COLOURS, production: BLUE_GREEN },
    async arrange(story) {
      await start(story);
      await deploy(story, 'v1.1.0');
    },
    act: (story) => rollBack(story, 1),
    expected: rolledBack({ rollouts: 0, revisions: 0 }),
  },
  {
    ...{ name: 'roll back cold', ...COLOURS, production: { ...BLUE_GREEN, standby: SHORT } },
    async arrange(story) {
      await start(story);
      await deploy(story, 'v1.1.0');
      await untilStandbyEnds(story, 1);
    },
    act: (story) => rollBack(story, 1),
    expected: rolledBack(MADE),
  },
  {
    ...{ name: 'standby', ...COLOURS, production: { ...BLUE_GREEN, standby: SHORT } },
    async arrange(story) {
      await start(story);
      await deploy(story, 'v1.1.0');
    },
    act: (story) => untilStandbyEnds(story, 1),
    expected: {
      endings: [{ number: 1, phase: 'succeeded' }],
      ...{ live: 'v1.1.0', weights: [[100]], standby: 'none', rollouts: 0, revisions: 0 },
    },
  },
];

async function halfway(story: Story): Promise<void> {
  await start(story);
  await deployUntilBaking(story, 'v1.1.0');
}

function rolledBack(made: typeof MADE): Journey['expected'] {
  return {
    endings: [
      { number: 1, phase: 'succeeded' },
      { number: 2, phase: 'succeeded' },
    ],
    ...{ live: 'v1.0.0', weights: [[0, 100]], standby: 'none', ...made },
  };
}

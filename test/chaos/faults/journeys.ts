import type { Phase } from '../../../src/domain/deployment.ts';
import { abort, askEverything, begin, deploy, deployByForm, rollBack, start } from './acts.ts';
import type { Story } from './story.ts';

/** How one deployment must end. */
export type Ending = { number: number; phase: Phase['kind'] };
/** How the world must be at the end of a journey. `rollouts` and `revisions`: most that may have been made. */
export type Expectation = { endings: Ending[]; live: string; rollouts: number; revisions: number };

export type Journey = {
  name: string;
  /** What happens before, undisturbed. */
  arrange(story: Story): Promise<void>;
  /** What happens while calls fail. */
  act(story: Story): Promise<void>;
  expected: Expectation;
};

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'start',
    arrange: async () => undefined,
    act: start,
    expected: { endings: [], live: 'v1.0.0', rollouts: 0, revisions: 0 },
  },
  {
    name: 'deploy',
    arrange: start,
    act: (story) => deploy(story, 'v1.1.0'),
    expected: { endings: [{ number: 1, phase: 'succeeded' }], live: 'v1.1.0', rollouts: 1, revisions: 1 },
  },
  {
    name: 'bad version',
    arrange: start,
    act: (story) => deploy(story, 'v1.2.3-broken'),
    expected: { endings: [{ number: 1, phase: 'rolled-back' }], live: 'v1.0.0', rollouts: 2, revisions: 2 },
  },
  {
    name: 'roll back',
    async arrange(story) {
      await start(story);
      await deploy(story, 'v1.1.0');
    },
    act: rollBack,
    expected: {
      endings: [
        { number: 1, phase: 'succeeded' },
        { number: 2, phase: 'succeeded' },
      ],
      ...{ live: 'v1.0.0', rollouts: 2, revisions: 2 },
    },
  },
  {
    name: 'abort',
    async arrange(story) {
      await start(story);
      await begin(story, 'v1.2.1-hang');
    },
    act: abort,
    expected: { endings: [{ number: 1, phase: 'aborted' }], live: 'v1.0.0', rollouts: 2, revisions: 2 },
  },
  {
    name: 'form',
    arrange: start,
    act: deployByForm,
    expected: { endings: [{ number: 1, phase: 'succeeded' }], live: 'v1.1.0', rollouts: 1, revisions: 1 },
  },
  {
    name: 'questions',
    arrange: start,
    act: askEverything,
    expected: { endings: [], live: 'v1.0.0', rollouts: 0, revisions: 0 },
  },
];

export function journeyNamed(name: string): Journey {
  const found = JOURNEYS.find((journey) => journey.name === name);
  if (found === undefined) throw new Error(`There is no journey “${name}”.`);
  return found;
}

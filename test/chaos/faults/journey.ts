import type { Phase } from '../../../src/domain/deployment.ts';
import type { Setting } from './fault-world.ts';
import type { Story } from './story.ts';

/** How one deployment must end. */
export type Ending = { number: number; phase: Phase['kind'] };

/** How the world must be at the end of a journey. */
export type Expectation = {
  endings: Ending[];
  live: string;
  /** Most ECS deployments and task definitions that may have been made. */
  rollouts: number;
  revisions: number;
  /** Percent on the new colour, one after the other, from what there was before the act, in every way that is right; of a service in colours. */
  weights?: readonly (readonly number[])[];
  /** Whether the colour that lost its traffic stays warm; of a service in colours. */
  standby: 'kept' | 'none';
};

export type Journey = Setting & {
  name: string;
  /** Whose calls fail in it. */
  strikes: 'everything' | 'aws';
  /** What happens before, undisturbed. */
  arrange(story: Story): Promise<void>;
  /** What happens while calls fail. */
  act(story: Story): Promise<void>;
  expected: Expectation;
};

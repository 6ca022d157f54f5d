import type { Phase } from '../../../src/domain/deployment.ts';
import type { Environment } from './deploy-world.ts';
import type { Settings } from './policy-text.ts';
import type { Stage } from './stage.ts';

/** What a journey leads to. */
export type Expectation = {
  number: number;
  phase: Phase['kind'];
  /** What customers get afterwards. */
  live: string;
  /** Percent on the new colour, one after the other, from what there was at the beginning: any of these; of a service in colours. */
  weights?: readonly (readonly number[])[];
  /** Most ECS deployments and task definitions that may have been made. */
  rollouts: number;
  revisions: number;
  /** Whether the colour that lost its traffic stays warm. */
  standby: 'kept' | 'none';
};

/** The deployment a journey is about, and what was live before it. */
export type Arranged = { number: number; before: string };

export type Journey = {
  name: string;
  environment: Environment;
  settings: Settings;
  /** How long Forge stays away when it was killed, in milliseconds; at once where absent. */
  downMs?: number;
  /** What happens before, undisturbed. */
  arrange(stage: Stage): Promise<Arranged>;
  /** What happens while Forge is killed. */
  act(stage: Stage, arranged: Arranged): Promise<Expectation>;
};

export function otherVersion(version: string): string {
  return version === 'v1.1.0' ? 'v1.0.0' : 'v1.1.0';
}

import { z } from 'zod';

const State = z.enum(['queued', 'running', 'passed', 'failed', 'cancelled', 'skipped']);

/** One job of the workflow that makes an image. Names are foreign text. */
export const BuildJob = z.strictObject({
  name: z.string(),
  state: State,
  /** The step that runs, or that failed. */
  step: z.string().optional(),
  /** Steps that are over, of all. */
  done: z.int(),
  of: z.int(),
});
export type BuildJob = z.infer<typeof BuildJob>;

/** How the image of a release is made. Times in milliseconds since the epoch. */
export type BuildState = {
  /** 1, 2, 3 …: rises when a person has it made again. */
  attempt: number;
  /** In the name of the run that makes it. */
  correlation: string;
  workflow: string;
  startedAt: number;
  /** The code host's number of the run, once it is known. */
  run?: number;
  url?: string;
  jobs: BuildJob[];
} /** Somebody has it made again, and that has not begun. */ & (
  | { state: 'to-do' }
  | { state: 'running' }
  | {
      state: 'failed';
      says: string;
      tail?: string[] | undefined;
      deadline: number;
      remindedAt?: number;
      endedAt: number;
    }
  | { state: 'finished'; detail: string; endedAt: number }
);

import { afterEach, beforeEach } from 'vitest';
import type { EngineOptions } from '../../jobs/engine/create-engine.ts';
import type { Engine, OpenQuestion, RunStatus, RunView } from '../../jobs/engine/engine.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { eventually } from '../eventually.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { abandonedContract } from './engine/abandoned.ts';
import { abortContract } from './engine/abort.ts';
import { answerContract } from './engine/answers.ts';
import { childrenContract } from './engine/children.ts';
import { commitContract } from './engine/commit.ts';
import { keyContract } from './engine/keys.ts';
import { leadershipContract } from './engine/leadership.ts';
import { operationContract } from './engine/operations.ts';
import { pauseContract } from './engine/pause.ts';
import { purgeContract } from './engine/purge.ts';
import { questionContract } from './engine/questions.ts';
import { replayContract } from './engine/replay.ts';
import { startOverContract } from './engine/start-over.ts';
import { stoppingContract } from './engine/stopping.ts';
import { stuckContract } from './engine/stuck.ts';
import { versionContract } from './engine/versions.ts';
import { waitingContract } from './engine/waiting.ts';
import { wallClockContract } from './engine/wall-clock.ts';

export type Opened = {
  engine: Engine;
  store: Store;
  /** How many operations and signals the storage keeps of a run. */
  kept(run: string): Promise<{ operations: number; signals: number }>;
  close: () => void;
};

/** One storage that engines are opened on one after another, as processes would. */
export type Storage = {
  open(options: EngineOptions & { clock: Clock }): Opened;
  remove(): void;
};

export type World = {
  clock: FakeClock;
  /** Everything the engines reported. */
  errors: unknown[];
  questions: OpenQuestion[];
  /** Opens an engine; it is stopped after the test. */
  open(options?: Pick<EngineOptions, 'mostOperations' | 'retention' | 'pollMs'>): Opened;
  /** Stops it without letting anything be recorded, as a crash would. */
  crash(opened: Opened): Promise<void>;
};

/** What every engine must do, whatever keeps its journal. */
export function engineContract(makeStorage: () => Storage): void {
  let world: World;
  let storage: Storage;
  let open: Opened[];

  beforeEach(() => {
    storage = makeStorage();
    open = [];
    const clock = createFakeClock();
    const errors: unknown[] = [];
    const questions: World['questions'] = [];
    world = {
      clock,
      errors,
      questions,
      open(options = {}) {
        const opened = storage.open({
          clock,
          // Time moves by hours here: what must be seen in time is poked or has a time of its own.
          pollMs: 60_000,
          onError: (error) => errors.push(error),
          onFenced: (error) => errors.push(error),
          onQuestion: (question) => questions.push(question),
          ...options,
        });
        open.push(opened);
        return opened;
      },
      async crash(opened) {
        open = open.filter((one) => one !== opened);
        await end(opened);
      },
    };
  });

  afterEach(async () => {
    await Promise.all(open.map(end));
    storage.remove();
  });

  async function end(opened: Opened): Promise<void> {
    const stopped = opened.engine.stop({ grace: 0 });
    await world.clock.advance(0);
    await stopped;
    opened.close();
  }

  for (const contract of [
    operationContract,
    replayContract,
    questionContract,
    answerContract,
    versionContract,
    waitingContract,
    commitContract,
    abortContract,
    pauseContract,
    abandonedContract,
    keyContract,
    childrenContract,
    leadershipContract,
    stoppingContract,
    stuckContract,
    startOverContract,
    purgeContract,
    wallClockContract,
  ]) {
    contract(() => world);
  }
}

/** Waits until the run has that status, letting no time pass. */
export function untilRun(engine: Engine, id: string, status: RunStatus): Promise<RunView> {
  return eventually(async () => {
    const run = await engine.get(id);
    return run?.status === status ? run : undefined;
  });
}

import { hostname } from 'node:os';
import type { Clock } from '../../src/ports/clock.ts';
import { Definitions } from './definitions.ts';
import type { Driver, Fenced, Leadership, StorageDamaged, StoredRun } from './driver.ts';
import { durationMs } from './duration.ts';
import type { Duration, Engine, OpenQuestion, RunView } from './engine.ts';
import { Leader } from './leader.ts';
import { keepGoing, type LeadingLoop } from './leading-loop.ts';
import { purge } from './purge.ts';
import { Term } from './term.ts';

/** A standby that cannot even try to lead tries again after at most so long. Milliseconds. */
const longestPauseMs = 30_000;

export type EngineOptions = {
  clock: Clock;
  /** Told of everything that went wrong and was not a job's to handle. */
  onError: (error: unknown) => void;
  /** Another process leads though this one never stopped: end the process. */
  onFenced: (error: Fenced) => void;
  /**
   * An operation with `onUnknown: 'ask'` waits for a person; called again after a restart. Without this, `onError` is told
   * of one that nobody else can be asking about, since it says nothing for people.
   */
  onQuestion?: (question: OpenQuestion) => void;
  /** What is kept is damaged, and nothing goes on: end the process. Without this, `onError` is told. */
  onDamaged?: (error: StorageDamaged) => void;
  /** How many operations a run may do before it is stuck (default 2000). */
  mostOperations?: number;
  /** How long journals of ended runs are kept (default 30 days). */
  retention?: Duration;
  /** How soon writes of other processes are seen, in milliseconds (default 200). */
  pollMs?: number;
  /** How often a standby tries to lead, in milliseconds (default 50). */
  standbyPollMs?: number;
};

/** The durable engine over any driver. */
export function createEngine(driver: Driver, options: EngineOptions): Engine {
  const { clock, onError, onFenced, pollMs = 200, standbyPollMs = 50 } = options;
  const onQuestion = options.onQuestion ?? ((question) => reportUnasked(question, onError));
  const { onDamaged = onError, mostOperations = 2_000, retention = '30d' } = options;
  const definitions = new Definitions();
  const loops: LeadingLoop[] = [];
  const stopping = new AbortController();
  let leader: Leader | undefined;
  /** The loops of this term. */
  let going: Promise<unknown> = Promise.resolve();

  function viewOf(run: StoredRun): RunView {
    const { status, job, version } = run;
    const isCarriedOut = status !== 'active' || definitions.find(job, version) !== undefined;
    return { ...run, needs: isCarriedOut ? undefined : version };
  }

  async function tryToLead(): Promise<boolean> {
    const leadership = await driver.tryToLead(`${hostname()}:${process.pid}`);
    if (leadership === undefined) return false;
    if (stopping.signal.aborted) {
      await leadership.release();
      return false;
    }
    await lead(leadership);
    return true;
  }

  async function lead(leadership: Leadership): Promise<void> {
    const term = new Term({ leadership, clock, onError, onFenced, onDamaged });
    const leading = new Leader({ term, driver, definitions, onQuestion, pollMs, mostOperations });
    leader = leading;
    const unsubscribe = driver.onWrite(() => leading.poke());
    term.leaving.addEventListener('abort', unsubscribe, { once: true });
    try {
      // Whoever stops meanwhile does not wait for it.
      await Promise.race([leading.takeUp(), aborted(term.over)]);
      if (term.over.aborted) return;
    } catch (error) {
      // Whoever holds the lock and does not work keeps every other process from leading.
      leader = undefined;
      await term.end(new Error('What an earlier leader left could not be taken up', { cause: error }));
      throw error;
    }
    leading.work().catch(onError);
    const upkeep = {
      name: 'purge',
      loop: (signal: AbortSignal) => purge(term, durationMs(retention), signal),
    };
    going = Promise.all([...loops, upkeep].map((loop) => keepGoing(loop, term, driver)));
  }

  async function standBy(): Promise<void> {
    const isStopping = () => stopping.signal.aborted;
    for (let pauseMs = standbyPollMs; !isStopping(); ) {
      await clock.sleep(pauseMs, stopping.signal).catch(() => undefined);
      if (isStopping()) return;
      try {
        if (await tryToLead()) return;
        pauseMs = standbyPollMs;
      } catch (error) {
        onError(error);
        pauseMs = Math.min(Math.max(1_000, 2 * pauseMs), longestPauseMs);
      }
    }
  }

  async function stop({ grace = '5s' }: Parameters<Engine['stop']>[0] = {}): Promise<void> {
    stopping.abort();
    if (leader === undefined) return;
    const { term } = leader;
    term.leave();
    const timer = new AbortController();
    const patience = clock.sleep(durationMs(grace), timer.signal);
    await Promise.race([Promise.all([leader.settled(), going]), patience]);
    timer.abort();
    await term.end(new Error('Forge has stopped'));
  }

  return {
    define: (name, version, job) => definitions.add(name, version, job),
    async start() {
      const isFirst = await tryToLead().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!isFirst) standBy().catch(onError);
    },
    stop,
    get isLeading() {
      return leader !== undefined && !leader.term.over.aborted;
    },
    whileLeading(name, loop) {
      loops.push({ name, loop });
    },
    async run(job, input, start) {
      if (!definitions.has(job)) throw new Error(`No job "${job}" is defined`);
      return driver.startRun({ job, input, ...start });
    },
    signal: (run, name, { id, by, value = null }) => driver.signal({ run, name, id, by, value }),
    abort: (run, by, reason) => driver.abort(run, { by, reason }),
    pause: (run, pause) => driver.pause(run, pause),
    retry: (run, by) => driver.retry(run, by),
    async get(id) {
      const run = await driver.get(id);
      return run && viewOf(run);
    },
    list: async ({ statuses }) => (await driver.list(statuses)).map(viewOf),
    questions: () => (leader === undefined || leader.term.over.aborted ? [] : leader.questions()),
    poke: () => leader?.poke(),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function reportUnasked(
  { run, operation, answer, about }: OpenQuestion,
  onError: EngineOptions['onError'],
): void {
  if (about !== null) return;
  onError(
    new Error(
      `Run ${run} does not know what became of "${operation}": send it the signal ${answer} with "redo", "done" or "failed"`,
    ),
  );
}

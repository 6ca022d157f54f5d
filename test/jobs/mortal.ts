import type { Driver, Leadership } from '../../jobs/engine/driver.ts';

/** Life of a process that a test may end at any call. */
export type Life = {
  isOver: boolean;
  /** Calls so far that change something: of the journal, of Slack, of the platform. */
  calls: number;
  /** Their names, where they are kept. */
  names?: string[];
  /** Ends it right before or after its nth call that changes something. */
  end?: { call: number; side: 'before' | 'after' };
};

const changing: ReadonlySet<string> = new Set([
  'admit',
  'begin',
  'postpone',
  'open',
  'record',
  'commit',
  'ask',
  'recordUnanswered',
  'take',
  'end',
  'startOver',
  'purge',
  'post',
  'update',
  'start',
  'restore',
  'setTraffic',
  'scale',
  'autoscaling',
  'arm',
  'extend',
  'disarm',
  'set',
  'delete',
  'done',
  'createPullRequest',
  'describePullRequest',
  'addLabels',
  'askReviewers',
  'merge',
  'dispatch',
  'cancelRun',
]);

/** The thing as a process reaches it: once its life is over nothing happens any more and nothing comes back. */
export function mortal<Thing extends object>(thing: Thing, life: Life): Thing {
  return new Proxy(thing, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => call(() => Reflect.apply(value, target, given), String(key), life);
    },
  });
}

/** The same for a driver and the leadership it gives. */
export function mortalDriver(driver: Driver, life: Life): Driver {
  const reached = mortal(driver, life);
  return {
    onWrite: (listener) => driver.onWrite(listener),
    announce: () => driver.announce(),
    startRun: (run) => reached.startRun(run),
    signal: (signal) => reached.signal(signal),
    abort: (run, abort) => reached.abort(run, abort),
    pause: (run, pause) => reached.pause(run, pause),
    retry: (run, by) => reached.retry(run, by),
    damageIn: (error) => driver.damageIn(error),
    get: (run) => reached.get(run),
    list: (statuses) => reached.list(statuses),
    async tryToLead(owner): Promise<Leadership | undefined> {
      const leadership = await reached.tryToLead(owner);
      return leadership && mortal(leadership, life);
    },
  };
}

function call(work: () => unknown, name: string, life: Life): unknown {
  if (life.isOver) return never();
  if (changing.has(name)) life.names?.push(name);
  const isLast = changing.has(name) && ++life.calls === life.end?.call;
  if (isLast && life.end?.side === 'before') return die(life);
  const result = work();
  if (!(result instanceof Promise)) return result;
  return result.then(
    (value: unknown) => (isLast ? die(life) : alive(life, () => value)),
    (error: unknown) =>
      isLast
        ? die(life)
        : alive(life, () => {
            throw error;
          }),
  );
}

function die(life: Life): Promise<never> {
  life.isOver = true;
  return never();
}

function alive(life: Life, outcome: () => unknown): unknown {
  return life.isOver ? never() : outcome();
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

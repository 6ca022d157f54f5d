/** Places of which each is held by one at a time; who waits is served in order. */
export type Turns = {
  /** Takes the lowest free place (from 0), waits for one, or rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<{ place: number; release(): void }>;
};

export function createTurns(places: number): Turns {
  const free = Array.from({ length: places }, (_, place) => place);
  const waiting: ((place: number) => void)[] = [];

  function held(place: number) {
    let isHeld = true;
    return {
      place,
      release() {
        if (!isHeld) return;
        isHeld = false;
        const next = waiting.shift();
        if (next !== undefined) return next(place);
        free.push(place);
        free.sort((left, right) => left - right);
      },
    };
  }

  return {
    async take(signal) {
      signal.throwIfAborted();
      const place = free.shift();
      if (place !== undefined) return held(place);
      return held(await nextPlace(waiting, signal));
    },
  };
}

function nextPlace(waiting: ((place: number) => void)[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const give = (place: number) => {
      signal.removeEventListener('abort', leave);
      resolve(place);
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(give), 1);
      reject(signal.reason);
    };
    waiting.push(give);
    signal.addEventListener('abort', leave, { once: true });
  });
}

/** One at a time for each key, in order. */
export function createKeyedTurns() {
  const keys = new Map<string, { turns: Turns; wanted: number }>();
  return async <Value>(key: string, signal: AbortSignal, act: () => Promise<Value>): Promise<Value> => {
    const own = keys.get(key) ?? { turns: createTurns(1), wanted: 0 };
    keys.set(key, own);
    own.wanted += 1;
    try {
      const turn = await own.turns.take(signal);
      return await act().finally(turn.release);
    } finally {
      own.wanted -= 1;
      if (own.wanted === 0) keys.delete(key);
    }
  };
}

import type { CrashPoints } from './crash-points.ts';

/** The adapter with a crash point before every call, and one as soon as it has been answered. */
export function mortal<Adapter extends object>(name: string, adapter: Adapter, points: CrashPoints): Adapter {
  return new Proxy(adapter, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      return mortalCall(`${name}.${String(key)}`, call, points);
    },
  });
}

export function mortalCall<Given extends unknown[], Result>(
  label: string,
  call: (...given: Given) => Result,
  points: CrashPoints,
): (...given: Given) => Result {
  return (...given) => {
    points.reach([label], 'before');
    const result = call(...given);
    if (!(result instanceof Promise)) return result;
    const answered = () => points.reach([label], 'after');
    // The first to hear of the answer, so that nothing follows from it before.
    result.then(answered, answered);
    return result;
  };
}

import type { ServiceState, TrafficSecond } from '../../sandbox/parts.ts';

/** A quiet minute, with what a test says of its latest seconds. */
export function aMinute(...latest: Partial<TrafficSecond>[]): TrafficSecond[] {
  const quiet: TrafficSecond = {
    at: '2026-11-22T08:00:00.000Z',
    requests: 0,
    failures: 0,
    p95Ms: null,
    byColour: { blue: 0, green: 0, only: 0 },
    byVersion: {},
  };
  const seconds = Array.from({ length: 60 - latest.length }, () => quiet);
  return [...seconds, ...latest.map((second) => ({ ...quiet, ...second }))];
}

export function aWebService(given: Partial<ServiceState> = {}): ServiceState {
  return {
    name: 'api',
    environment: 'staging',
    region: 'us-east-1',
    url: 'http://127.0.0.1:4801',
    live: { version: 'v1.0.0', colour: 'only' },
    weights: null,
    shares: [{ version: 'v1.0.0', colour: 'only', percent: 100 }],
    requests: 0,
    failures: 0,
    tasks: [{ id: 't1', version: 'v1.0.0', colour: 'only', state: 'healthy' }],
    traffic: aMinute(),
    load: 0,
    ...given,
  };
}

/** Blue live, green beside it at a tenth of the traffic. */
export function aServiceInTwoColours(given: Partial<ServiceState> = {}): ServiceState {
  const task = (id: string, colour: 'blue' | 'green', version: string) =>
    ({ id, colour, version, state: 'healthy' }) as const;
  return aWebService({
    environment: 'production',
    url: 'http://127.0.0.1:4802',
    live: { version: 'v1.0.0', colour: 'blue' },
    weights: { blue: 90, green: 10 },
    shares: [
      { version: 'v1.0.0', colour: 'blue', percent: 90 },
      { version: 'v1.1.0', colour: 'green', percent: 10 },
    ],
    tasks: [task('t1', 'blue', 'v1.0.0'), task('t2', 'green', 'v1.1.0')],
    ...given,
  });
}

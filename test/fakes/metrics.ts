import type { Series } from '../../src/domain/gates/index.ts';
import type { Colour, Target } from '../../src/domain/release.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { MeasureRequest, Metrics, RawMeasurements } from '../../src/ports/metrics.ts';
import { type CallOptions, PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';

/** What is measured of a colour in each bucket. Shares are 0 to 1, times are milliseconds. */
export type Conduct = {
  requests: number;
  errors: number;
  p95: number;
  p99: number;
};

const good: Conduct = { requests: 400, errors: 0, p95: 80, p99: 120 };

/** Measurements in memory: each colour conducts itself as it was told to since then; a bucket comes `lag` after its end. */
export class FakeMetrics implements Metrics {
  readonly calls: MeasureRequest[] = [];
  /** Milliseconds. */
  lag = 0;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #told: { at: number; colour: Colour; conduct: Conduct }[] = [];
  readonly #connected: { at: number; count: number }[] = [];
  #fault: 'unavailable' | 'refused' | 'hang' | undefined;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** From now on the colour conducts itself so; what is not said is good. */
  conduct(colour: Colour, conduct: Partial<Conduct>): void {
    this.#told.push({ at: this.#clock.now(), colour, conduct: { ...good, ...conduct } });
  }

  /** From now on clients hold so many connections to the load balancer; default: 50. */
  connected(count: number): void {
    this.#connected.push({ at: this.#clock.now(), count });
  }

  break(fault: 'unavailable' | 'refused' | 'hang'): void {
    this.#fault = fault;
  }

  mend(): void {
    this.#fault = undefined;
  }

  async measure(_target: Target, request: MeasureRequest, { signal }: CallOptions): Promise<RawMeasurements> {
    this.calls.push(request);
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#fault === 'unavailable') throw new PlatformUnavailable('CloudWatch did not answer.');
    if (this.#fault === 'refused') throw new PlatformRefused('CloudWatch refuses: a permission is missing.');
    if (this.#fault === 'hang') return aborted(signal);
    const blue = this.#side('blue', request);
    const green = this.#side('green', request);
    return {
      blue,
      green,
      balancer: {
        elb5xx: [],
        activeConnections: this.#series(
          request,
          (at) => this.#connected.findLast((told) => told.at <= at)?.count ?? 50,
        ),
        requests: this.#series(
          request,
          (at) => this.#conductOf('blue', at).requests + this.#conductOf('green', at).requests,
        ),
      },
    };
  }

  #side(colour: Colour, request: MeasureRequest): RawMeasurements[Colour] {
    const series = (value: (conduct: Conduct) => number) =>
      this.#series(request, (at) => value(this.#conductOf(colour, at)));
    const inTraffic = (each: Series, requests: Series) =>
      each.filter(({ at }) => requests.some((point) => point.at === at && point.value > 0));
    const requests = series((conduct) => conduct.requests);
    return {
      requests,
      target5xx: series(({ requests: count, errors }) => Math.round(count * errors)),
      target4xx: [],
      connectionErrors: [],
      p95Ms: inTraffic(
        series(({ p95 }) => p95),
        requests,
      ),
      p99Ms: inTraffic(
        series(({ p99 }) => p99),
        requests,
      ),
      healthyHosts: series(() => 2),
    };
  }

  #conductOf(colour: Colour, at: number): Conduct {
    return this.#told.findLast((told) => told.colour === colour && told.at <= at)?.conduct ?? good;
  }

  #series({ from, until, periodSeconds }: MeasureRequest, value: (at: number) => number): Series {
    const period = periodSeconds * 1000;
    const points: { at: number; value: number }[] = [];
    for (let at = from; at < until; at += period) {
      if (at + period + this.lag <= this.#clock.now()) points.push({ at, value: value(at) });
    }
    return points;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

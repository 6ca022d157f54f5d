import type { DataPlane } from '../data-plane/data-plane.ts';
import type { Readings } from '../data-plane/messages.ts';
import type { World } from '../world.ts';
import { Levels } from './levels.ts';
import { measureLoadBalancers } from './load-balancer-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { Recorder } from './recorder.ts';
import { ServiceUtilization } from './service-utilization.ts';
import { TrafficLog, type TrafficSummary } from './traffic-log.ts';

/** How much of the past the services' state shows, seconds. */
const trafficSeconds = 60;

/** Writes down every second what this AWS measures of itself, and what it was told to report. */
export class Observations {
  readonly metrics = new MetricStore();
  readonly levels = new Levels();
  readonly #world: World;
  readonly #onTraffic: () => void;
  readonly #traffic = new TrafficLog(trafficSeconds);
  readonly #utilization = new ServiceUtilization();
  readonly #recorder: Recorder;
  #endSecond = Math.floor(Date.now() / 1_000);

  /** `onTraffic` is called every second while the latest traffic looks different. */
  constructor(world: World, dataPlane: DataPlane, onTraffic: () => void) {
    this.#world = world;
    this.#onTraffic = onTraffic;
    this.#recorder = new Recorder(
      (sinceSecond) => dataPlane.read(sinceSecond),
      (finished, endSecond) => this.#note(finished, endSecond),
    );
  }

  start(): void {
    this.#recorder.start();
  }

  stop(): void {
    this.#recorder.stop();
  }

  /** One entry a second for the last minute; none for what has no listener. */
  traffic(listener: string | undefined): TrafficSummary[] {
    return listener === undefined ? [] : this.#traffic.latest(listener, this.#endSecond);
  }

  #note(finished: Readings, endSecond: number): void {
    this.#endSecond = endSecond;
    this.#traffic.add(finished.buckets.filter(({ isPreview }) => !isPreview));
    measureLoadBalancers(finished, this.#world, this.metrics);
    this.levels.measure(endSecond - 1, this.metrics);
    this.#utilization.measure(endSecond - 1, this.#world, this.metrics).catch((error: unknown) => {
      console.error('The sandbox could not measure its services', error);
    });
    // The picture moves on with every second, until the last request has left it.
    if (!this.#traffic.isEmpty(endSecond)) this.#onTraffic();
  }
}

import type { ColourSeries, Point, Series } from '../../src/domain/gates/index.ts';
import type { Timing } from '../../src/domain/policy.ts';
import { probePlan, type Subject } from './subject.ts';

/** Synthetic requests of Forge's own within one bucket, at most. */
export type OwnRequests = { next: number; live: number };

/** The load balancer counts them like everybody's. Each round asks both colours, and all once the new one has everything. */
export function ownRequests(
  subject: Pick<Subject, 'plan' | 'target' | 'weight'>,
  { probe, metricPeriod }: Pick<Timing, 'probe' | 'metricPeriod'>,
): OwnRequests {
  const perRound = probePlan(subject)?.tests.length ?? 0;
  const live = perRound * (Math.floor(metricPeriod / probe) + 1);
  return { next: subject.weight === 100 ? 2 * live : live, live };
}

/** Without them nobody but Forge could pass for customers. What failed stays, whoever asked. */
export function withoutOwn(series: ColourSeries, own: number): ColourSeries {
  const requests = series.requests.map(({ at, value }) => {
    const failed = valueAt(series.target5xx, at) + valueAt(series.connectionErrors, at);
    return { at, value: Math.max(Math.min(failed, value), value - own) } satisfies Point;
  });
  return { ...series, requests };
}

function valueAt(series: Series, at: number): number {
  return series.find((point) => point.at === at)?.value ?? 0;
}

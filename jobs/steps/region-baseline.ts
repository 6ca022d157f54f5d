import { type Baseline, baselineOf } from '../../src/domain/gates/index.ts';
import type { Colour } from '../../src/domain/release.ts';
import { bucketOf, sidesOf, visibleUntil } from '../observe/measure.ts';
import { type Call, platformCall } from '../platform-call.ts';
import type { StepRun } from './step-run.ts';

/** So many buckets before the first shift are what later measurements are compared with: a quarter of an hour at AWS. */
const BUCKETS = 15;

/**
 * How the colour that was live did before any of its traffic was moved, read once in a run. Also after that: what was
 * measured then is still there. Undefined where nobody answers; then nothing is compared with it.
 */
export async function regionBaseline(
  run: StepRun,
  { id, to }: { id: string; to: Colour },
): Promise<Baseline | undefined> {
  const { baselines, context, world, target, plan } = run;
  const { region } = target;
  if (baselines.has(region) || plan.gates === undefined) return baselines.get(region);
  const outcome = await platformCall(context, `${id}: baseline`, baselineCall(run, to), world);
  const baseline = outcome.kind === 'done' ? outcome.value : undefined;
  baselines.set(region, baseline);
  return baseline;
}

/** The same before the first shift, where there must be one: people are asked when nobody answers. */
export async function requireBaseline(run: StepRun, to: Colour): Promise<void> {
  const { baselines, target, plan } = run;
  if (baselines.has(target.region) || plan.gates === undefined) return;
  baselines.set(target.region, await run.settled('baseline', baselineCall(run, to)));
}

function baselineCall({ deployment, target }: StepRun, to: Colour): Call<Baseline> {
  return async ({ metrics, store, clock, policy }, signal) => {
    const { metricPeriod } = policy.timing;
    const now = clock.now();
    const events = await store.events(deployment);
    const first = events.find(
      ({ event }) => event.type === 'traffic-intended' && event.region === target.region,
    );
    const last = bucketOf(first?.at ?? now, metricPeriod);
    const from = last - BUCKETS * metricPeriod;
    const periodSeconds = metricPeriod / 1000;
    const raw = await metrics.measure(target, { from, until: last, periodSeconds }, { signal });
    const { live } = sidesOf(raw, to);
    // What is not shown yet is not nothing: it would make the usual look smaller than it is.
    const until = Math.min(last, visibleUntil(raw, { now, ...policy.timing }));
    const database = raw.database === undefined ? {} : { database: raw.database };
    return baselineOf({ periodSeconds, from, until, live, balancer: raw.balancer, ...database });
  };
}

import type { Deployment } from '../../src/domain/deployment.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { Colour, Place, Target } from '../../src/domain/release.ts';
import { isSameSplit, type Split, splitTo, type TrafficRecord } from '../../src/domain/traffic.ts';
import { shownOf } from '../../src/domain/whose-split.ts';
import type { Traffic } from '../../src/ports/platform.ts';
import type { JobContext } from '../engine/engine.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';

/** Everything that decides where the traffic of a target is to go, seen at one moment. */
export type TrafficLook = {
  traffic: Traffic;
  record: TrafficRecord | null;
  /** The dead-man switch is armed, or was and nobody has seen it gone. */
  isArmed: boolean;
  /** What was live when the deployment was planned. */
  planned: Split;
  /** The newest weights that the deployment wanted on its way forward: their write may arrive late. Absent: there were none. */
  forward?: Split;
  /** Weights of somebody else, in words, that people saw before they said what is to become of them. */
  agreed: string[];
  /** When a person or a gate decided that traffic goes back (milliseconds since the epoch). */
  decidedAt: number;
  /** What people call the service. */
  title: string;
  /** When it was seen (milliseconds since the epoch). */
  at: number;
  /** A write of Forge's own may arrive so long after it was sent; a colour may take so long to get healthy. Milliseconds. */
  limits: { late: number; strengthen: number };
};

/** Reads the load balancer once, side by side with what Forge knows itself. */
export function lookAtTraffic(
  context: JobContext,
  { name, target, to, deployment }: { name: string; target: Target; to: Colour; deployment: number },
  world: World,
): Promise<Outcome<TrafficLook>> {
  return platformCall(
    context,
    name,
    async ({ platform, store, policy, clock }, signal) => {
      const wanted = wantedOf(target, to, { platform, clock }, signal);
      const [traffic, record, state, events] = await Promise.all([
        platform.traffic(target, { signal }),
        store.traffic(target),
        requireState(deployment, store),
        store.events(deployment),
      ]);
      const planned = splitTo(placeBefore(state, target.region), 100);
      const forward = forwardOf(events, { region: target.region, planned });
      return {
        traffic: withoutLeaving(traffic, to, await wanted),
        record: record ?? null,
        isArmed: isArmed(state, target.region),
        planned,
        ...(forward === undefined ? {} : { forward }),
        agreed: agreed(state, target.region, events),
        decidedAt: decidedAt(state, events),
        title: serviceNamed(policy, target.service)?.title ?? target.service,
        at: clock.now(),
        limits: { late: policy.timing.silence, strengthen: policy.timing.startWithin },
      };
    },
    world,
  );
}

/** The number of tasks is a help: without an answer after so long, target health decides alone. Milliseconds. */
const PATIENCE = 1_000;

/** How many tasks a colour is wanted to have; undefined where ECS does not say so at once. */
async function wantedOf(
  target: Target,
  on: Colour,
  { platform, clock }: Pick<World, 'platform' | 'clock'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const late = new AbortController();
  const limited = AbortSignal.any([signal, late.signal]);
  const asked = platform.tasks(target, on, { signal: limited }).then(
    ({ desired }) => desired,
    // Whatever is wrong with ECS, traffic must be able to go back.
    () => undefined,
  );
  const silence = clock.sleep(PATIENCE, limited).then(
    () => undefined,
    () => undefined,
  );
  const wanted = await Promise.race([asked, silence]);
  late.abort();
  return wanted;
}

/** Tasks that are being taken away stay healthy behind the load balancer for a moment: they carry nothing. */
function withoutLeaving(traffic: Traffic, on: Colour, wanted: number | undefined): Traffic {
  if (wanted === undefined) return traffic;
  const { healthy, registered } = traffic.targets[on];
  const staying = { healthy: Math.min(healthy, wanted), registered };
  return { ...traffic, targets: { ...traffic.targets, [on]: staying } };
}

/** The colour that was live in a region when the deployment was planned. */
export function placeBefore({ number, plan }: Pick<Deployment, 'number' | 'plan'>, region: string): Colour {
  return colourOf(plan.from[region]?.place, `What #${number} replaces in ${region}`);
}

/** Throws where it is no colour: then code, not people, mixed services with and without colours up. */
export function colourOf(place: Place | undefined, what: string): Colour {
  if (place === 'blue' || place === 'green') return place;
  throw new Error(`${what} is not in colours`);
}

/** Whether a switch may be there: one is recorded only after it was made, so its step counts from its beginning. */
export function isArmed({ plan, steps, switches }: Deployment, region: string): boolean {
  if (switches[region]?.kind === 'disarmed') return false;
  if (switches[region] !== undefined) return true;
  return plan.steps.some(
    ({ id, kind, region: of }) => kind === 'arm' && of === region && steps[id] !== undefined,
  );
}

/** What the last question showed, and what the confirmation of a rollback did. */
function agreed({ plan }: Deployment, region: string, events: readonly RecordedEvent[]): string[] {
  const confirmed = plan.steps.flatMap((step) =>
    step.kind === 'return' && step.region === region && step.over !== undefined ? [shownOf(step.over)] : [],
  );
  const asked = events.findLast(({ event }) => event.type === 'held')?.event;
  return asked?.type === 'held' && asked.weights !== undefined ? [...confirmed, asked.weights] : confirmed;
}

function forwardOf(
  events: readonly RecordedEvent[],
  { region, planned }: { region: string; planned: Split },
): Split | undefined {
  const found = events.findLast(
    ({ event }) =>
      event.type === 'traffic-intended' && event.region === region && !isSameSplit(event.split, planned),
  )?.event;
  return found?.type === 'traffic-intended' ? found.split : undefined;
}

function decidedAt({ phase, requestedAt }: Deployment, events: readonly RecordedEvent[]): number {
  if (phase.kind !== 'rolling-back') return requestedAt;
  const type = phase.because === 'abort' ? 'abort-requested' : 'restoring';
  return events.findLast(({ event }) => event.type === type)?.at ?? requestedAt;
}

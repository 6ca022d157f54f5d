import { type Freeze, isAhead, touches } from '../domain/freeze.ts';
import { type Lock, overlap } from '../domain/lock.ts';
import { type EnvironmentPolicy, type ServicePolicy, servicesIn } from '../domain/policy.ts';
import { decideStart, type StartDecision, type StartQuestion } from '../domain/start-times.ts';
import type { Adapters } from './adapters.ts';
import { expectedLength } from './expected-length.ts';

export type WhenRequest = {
  environment: EnvironmentPolicy;
  /** Absent: whatever runs there. */
  service?: ServicePolicy;
  /** Milliseconds since the epoch. Absent: now. */
  at?: number;
  /** Slack id of the person who asks. */
  by: string;
};

export type RegionTimes = {
  region: string;
  /** When the deployment would come to this region. Milliseconds since the epoch; absent where that is not known. */
  reached?: number;
  /** Of the time it is reached, or of the time that was asked for. */
  decision: StartDecision;
  /** When it would begin there, with the consent it needs, and when it would be done. Milliseconds since the epoch; absent: nobody knows. */
  begins?: number;
  ends?: number;
};

export type WhenAnswer = {
  at: number;
  environment: string;
  service?: string;
  /** In the order they are deployed. */
  regions: RegionTimes[];
  /** In force then or later, all that have to do with the place. */
  freezes: Freeze[];
  locks: Lock[];
};

/** Whether a deployment that is begun at a time may go on in each region when it comes there, and when it would be done. */
export async function whenToDeploy(
  { environment, service, at: asked, by }: WhenRequest,
  { store, clock, policy }: Pick<Adapters, 'policy' | 'store' | 'clock'>,
): Promise<WhenAnswer> {
  const at = asked ?? clock.now();
  const place = {
    environment: environment.name,
    ...(service === undefined ? {} : { service: service.name }),
  };
  const freezes = (await store.freezesAhead(at)).filter(
    (freeze) => touches(freeze.scope, place) && isAhead(freeze, at),
  );
  const locks = (await store.locksAt(at)).filter((lock) => overlap(lock, place));
  const services = service === undefined ? servicesIn(policy, environment.name) : [service];
  const lengths = await Promise.all(
    services.map((one) => expectedLength({ service: one, environment }, { store, timing: policy.timing })),
  );
  const { windows } = environment;
  const question = { at, place, freezes, locks, by, hasConsent: false, isEmergency: false };
  const regions = timesOf(
    { ...question, ...(windows === undefined ? {} : { window: windows }) },
    environment.regions.filter((region) => lengths.some((length) => length[region] !== undefined)),
    (region) => Math.max(...lengths.map((length) => length[region] ?? 0)),
  );
  return { at, ...place, regions, freezes, locks };
}

/** One region after the other; where one has to wait, those after it are reached later. */
function timesOf(
  question: StartQuestion,
  regions: readonly string[],
  secondsIn: (region: string) => number,
): RegionTimes[] {
  const times: RegionTimes[] = [];
  let reached: number | undefined = question.at;
  for (const region of regions) {
    const decision = decideStart({ ...question, at: reached ?? question.at }, region);
    const begins: number | undefined =
      reached === undefined || decision.kind !== 'must-wait' ? reached : decision.until;
    const ends: number | undefined =
      begins === undefined ? undefined : begins + Math.round(secondsIn(region) * 1000);
    times.push({
      ...{ region, decision },
      ...(reached === undefined ? {} : { reached }),
      ...(begins === undefined ? {} : { begins }),
      ...(ends === undefined ? {} : { ends }),
    });
    reached = ends;
  }
  return times;
}

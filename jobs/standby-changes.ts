import type { Deployment, StandbyState } from '../src/domain/deployment.ts';
import { endStandbyRun, endStandbyRuns, keptStandbys } from '../src/domain/standby.ts';
import type { Store } from '../src/ports/store.ts';
import type { EndStandbyInput } from './end-standby.ts';
import type { JobChange } from './engine/engine.ts';

type StandbyChange = Extract<JobChange, { kind: 'append' | 'start-run' }>;

/** How many deployments back one may still keep a colour warm. */
const DEPTH = 10;

type StandbyEvent = Extract<JobChange, { kind: 'append' }>;
export type StandbyUse = Extract<JobChange, { kind: 'append' | 'abort-run' }>;
type Place = Pick<Deployment, 'service' | 'environment'>;

/** Has what a deployment keeps warm ended when its time is over. Starting such a run again does nothing. */
export function endsOfStandby(deployment: Deployment): StandbyChange[] {
  const { number } = deployment;
  return keptStandbys(deployment).map(({ region, standby }) =>
    endOfStandby(deployment, { deployment: number, region }, standby),
  );
}

function endOfStandby(
  { service, environment }: Place,
  input: EndStandbyInput,
  { until }: Pick<StandbyState, 'until'>,
): StandbyChange {
  return {
    kind: 'start-run',
    ...{ id: endStandbyRun(input.deployment, input.region, { until }), job: 'end-standby', input },
    // The key keeps it and deployments of the place apart: neither may scale what the other one uses.
    ...{ key: `${service}/${environment}`, at: until },
  };
}

/** Keeps a colour warm until a later time, with a run that ends it then. */
export function keepLonger(
  deployment: Pick<Deployment, 'number' | 'service' | 'environment'>,
  region: string,
  { on, desired, until }: StandbyState,
): StandbyChange[] {
  const { number } = deployment;
  return [
    {
      ...({ kind: 'append', deployment: number, expect: 'any' } as const),
      events: [{ type: 'standby-kept', region, on, until, desired }],
    },
    endOfStandby(deployment, { deployment: number, region }, { until }),
  ];
}

/**
 * What a deployment keeps warm goes on being kept after a rollback of it came to nothing: the rollback had ended the runs
 * that end it. A run has its id once, so each is kept a moment longer.
 */
export function keepAgain(deployment: Deployment): StandbyChange[] {
  return keptStandbys(deployment).flatMap(({ region, standby }) =>
    keepLonger(deployment, region, { ...standby, until: standby.until + 1 }),
  );
}

/** A new deployment takes the colours that earlier ones kept warm: from here on rolling those back takes longer. */
export async function standbysUsedBy(deployment: Deployment, store: Store): Promise<StandbyUse[]> {
  const { number, service, environment } = deployment;
  const earlier = await store.succeeded({ service, environment, limit: DEPTH });
  return earlier.flatMap((other) => [...usedStandbys(other, number), ...abortsOf(other, number)]);
}

/** The colours a deployment keeps warm are used by another one from now on. */
export function usedStandbys(deployment: Deployment, by: number): StandbyEvent[] {
  return keptStandbys(deployment).map(({ region }) => ({
    ...({ kind: 'append', deployment: deployment.number, expect: 'any' } as const),
    events: [{ type: 'standby-ended', region, reason: `used by #${by}` }],
  }));
}

function abortsOf(deployment: Deployment, by: number): StandbyUse[] {
  return endStandbyRuns(deployment).map((run) => ({
    ...({ kind: 'abort-run', run } as const),
    ...{ by: `deployment #${by}`, reason: 'the colour is used' },
  }));
}

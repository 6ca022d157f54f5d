import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Colour, Live, Target } from '../domain/release.ts';
import { otherColour, type Split } from '../domain/traffic.ts';
import { isAllOn, shownOf } from '../domain/whose-split.ts';
import { type CallOptions, PlatformRefused, type Traffic } from '../ports/platform.ts';
import type { Adapters } from './adapters.ts';

/** Weights in a region that Forge did not set last. */
export type ForeignWeights = { region: string; shown: string; splits: Split[] };

export type Undoable = {
  /** What is live, by region. */
  live: Record<string, Live>;
  foreign: ForeignWeights[];
};

type Region = { live: Live; foreign?: ForeignWeights };
type Asked = { service: ServicePolicy; undoes: Deployment };

/**
 * What is live where a deployment is to be taken back, read side by side. Of a service in colours it is never refused for
 * the state it is in: a release that is broken, or traffic that somebody split by hand, is why people roll back. Errors as
 * `Platform.live` otherwise.
 */
export async function livesToUndo(
  asked: Asked,
  { platform }: Adapters,
  options: CallOptions,
): Promise<Undoable> {
  const { service, undoes } = asked;
  const runs = service.runs[undoes.environment] ?? [];
  const regions = await Promise.all(
    runs.map(async (run): Promise<readonly [string, Region]> => {
      const target = { service: service.name, environment: undoes.environment, region: run.region };
      if (run.colours !== undefined)
        return [run.region, await coloursToUndo(asked, target, platform, options)];
      return [run.region, { live: await platform.live(target, options) }];
    }),
  );
  return {
    live: Object.fromEntries(regions.map(([region, { live }]) => [region, live])),
    foreign: regions.flatMap(([, { foreign }]) => (foreign === undefined ? [] : [foreign])),
  };
}

async function coloursToUndo(
  { undoes, service }: Asked,
  target: Target,
  platform: Adapters['platform'],
  options: CallOptions,
): Promise<Region> {
  const before = undoes.plan.from[target.region];
  const [told, traffic, blue, green] = await Promise.all([
    liveIfFit(target, platform, options),
    platform.traffic(target, options),
    platform.tasks(target, 'blue', options),
    platform.tasks(target, 'green', options),
  ]);
  if (before === undefined || before.place === 'only') {
    if (told instanceof PlatformRefused) throw told;
    return { live: told };
  }
  const old = before.place;
  if (!(told instanceof PlatformRefused) && told.place === otherColour(old)) return { live: told };
  const live = liveFromRecords({ undoes, region: target.region, old }, { traffic, tasks: { blue, green } });
  const isOurs = isAllOn('blue', traffic.rules) || isAllOn('green', traffic.rules);
  return isOurs ? { live } : { live, foreign: foreignOf(target, service, traffic) };
}

/** The pre-flight is for deployments; a rollback takes what it says where it says something. */
async function liveIfFit(
  target: Target,
  platform: Adapters['platform'],
  options: CallOptions,
): Promise<Live | PlatformRefused> {
  try {
    return await platform.live(target, options);
  } catch (error) {
    if (error instanceof PlatformRefused) return error;
    throw error;
  }
}

type Tasks = Record<Colour, { desired: number; revision: string }>;

/** As Forge put it there; the platform says how many tasks there are of it. */
function liveFromRecords(
  { undoes, region, old }: { undoes: Deployment; region: string; old: Colour },
  { traffic, tasks }: { traffic: Traffic; tasks: Tasks },
): Live {
  const { from, to } = undoes.plan;
  const place = otherColour(old);
  const digest = to.digests[region];
  const before = from[region];
  const isBefore = before?.revision === tasks[old].revision;
  return {
    ...{
      place,
      revision: tasks[place].revision,
      version: to.version,
      desired: Math.max(1, tasks[place].desired),
    },
    ...(to.commit === undefined ? {} : { commit: to.commit }),
    ...(digest === undefined ? {} : { digest }),
    idle: {
      ...{ place: old, revision: tasks[old].revision, desired: tasks[old].desired },
      version: isBefore ? before.version : 'another release',
      ...(isBefore && before.digest !== undefined ? { digest: before.digest } : {}),
      healthy: traffic.targets[old].healthy,
    },
  };
}

/** Throws a `UserError` where the weights cannot be overridden since they are none. */
function foreignOf({ region }: Target, { title }: ServicePolicy, { rules }: Traffic): ForeignWeights {
  const splits = rules.flatMap(({ split }) => ('other' in split ? [] : [split]));
  const shown = shownOf(rules.map(({ split }) => split));
  if (splits.length === rules.length && rules.length > 0) return { region, shown, splits };
  throw new UserError(
    `The load balancer of ${title} in ${region} does not split traffic between blue and green any more: it says ${shown}. Nothing was changed. Set its rules back to the two colours, then roll back again.`,
  );
}

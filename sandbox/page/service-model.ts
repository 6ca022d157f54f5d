import type { Json } from './json.ts';
import { asNumber, asObject, asObjects, asText, textOrNothing } from './json.ts';

/** What answered a part of the latest requests. */
export type Share = { version: string; colour: string; percent: number };
export type Task = { id: string; version: string; colour: string; state: string };
export type TrafficSecond = {
  requests: number;
  failures: number;
  /** undefined when nothing was answered. */
  p95Ms: number | undefined;
  byColour: Readonly<Record<string, number>>;
  byVersion: Readonly<Record<string, number>>;
};
export type Service = {
  name: string;
  environment: string;
  region: string;
  url: string | undefined;
  live: { version: string; colour: string } | undefined;
  shares: Share[];
  tasks: Task[];
  /** One entry for each of the last 60 seconds, oldest first; empty for a worker. */
  traffic: TrafficSecond[];
  /** The load that is set, requests per second. */
  load: number;
};

export function parseService(service: Json): Service {
  const live = asObject(service.live);
  const version = textOrNothing(live.version);
  return {
    name: asText(service.name),
    environment: asText(service.environment),
    region: asText(service.region),
    url: textOrNothing(service.url),
    live: version === undefined ? undefined : { version, colour: asText(live.colour) },
    shares: asObjects(service.shares).map((share) => ({
      version: asText(share.version),
      colour: asText(share.colour),
      percent: asNumber(share.percent),
    })),
    tasks: asObjects(service.tasks).map((task) => ({
      id: asText(task.id),
      version: asText(task.version),
      colour: asText(task.colour),
      state: asText(task.state),
    })),
    traffic: asObjects(service.traffic).map(parseSecond),
    load: asNumber(service.load),
  };
}

/** The same service in another environment or region is another one. */
export function serviceKey({ name, environment, region }: Service): string {
  return `${name}/${environment}/${region}`;
}

/** Blue and green where a service has them, whether or not both run now; otherwise `only`. */
export function coloursOf({ live, tasks }: Pick<Service, 'live' | 'tasks'>): readonly string[] {
  const seen = [live?.colour, ...tasks.map(({ colour }) => colour)];
  return seen.some((colour) => colour === 'blue' || colour === 'green') ? ['blue', 'green'] : ['only'];
}

function parseSecond(second: Json): TrafficSecond {
  return {
    requests: asNumber(second.requests),
    failures: asNumber(second.failures),
    p95Ms: typeof second.p95Ms === 'number' ? second.p95Ms : undefined,
    byColour: counts(second.byColour),
    byVersion: counts(second.byVersion),
  };
}

function counts(value: unknown): Record<string, number> {
  return Object.fromEntries(Object.entries(asObject(value)).map(([name, count]) => [name, asNumber(count)]));
}

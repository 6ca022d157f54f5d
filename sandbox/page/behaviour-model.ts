import type { Json } from './json.ts';
import { asObjects, asText, textOrNothing } from './json.ts';

/** Tasks of a service that serve worse than their image would, as AWS's settings tell. */
export type Behaviour = {
  service: string;
  environment: string;
  colour: string | undefined;
  version: string | undefined;
  errorPercent: number | undefined;
  latencyMs: number | undefined;
  crashAfterRequests: number | undefined;
};

export function behavioursOf(awsSettings: Json): Behaviour[] {
  return asObjects(awsSettings.behaviours).map((one) => ({
    service: asText(one.service),
    environment: asText(one.environment),
    colour: textOrNothing(one.colour),
    version: textOrNothing(one.version),
    errorPercent: numberOrNothing(one.errorPercent),
    latencyMs: numberOrNothing(one.latencyMs),
    crashAfterRequests: numberOrNothing(one.crashAfterRequests),
  }));
}

/** Whose tasks: "api production green". */
export function behaviourPlace({ service, environment, colour, version }: Behaviour): string {
  const which = [colour === 'only' ? undefined : colour, version].filter((word) => word !== undefined);
  return [service, environment, ...which].join(' ');
}

/** What they do: "5 % errors, 1000 ms late". */
export function behaviourWords({ errorPercent, latencyMs, crashAfterRequests }: Behaviour): string {
  const words = [
    errorPercent === undefined ? undefined : `${errorPercent} % errors`,
    latencyMs === undefined ? undefined : `${latencyMs} ms late`,
    crashAfterRequests === undefined ? undefined : `crash after ${crashAfterRequests} requests`,
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

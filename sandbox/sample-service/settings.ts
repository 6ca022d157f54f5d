import { type Behaviour, behaviourNamed, behaviourOf } from './behaviours.ts';

export type Settings = {
  version: string;
  commit: string;
  /** What the first page says at its top; empty: nothing. */
  banner: string;
  /** Of the image: `worker` has no HTTP. */
  kind: 'web' | 'worker';
  colour: string;
  environment: string;
  port: number;
  /** How long the application takes from its first line to its first answer, milliseconds. */
  startMs: number;
  /** Requests in flight at SIGTERM are cut after this, milliseconds. */
  stopLimitMs: number;
  behaviour: Behaviour;
};

export function readSettings(variables: Record<string, string | undefined>): Settings {
  const version = variables.VERSION ?? 'v0.0.0';
  return {
    version,
    commit: variables.COMMIT ?? '',
    banner: variables.BANNER ?? '',
    kind: variables.KIND === 'worker' ? 'worker' : 'web',
    colour: variables.COLOUR ?? 'only',
    environment: variables.ENVIRONMENT ?? 'development',
    port: Number(variables.PORT ?? 0),
    startMs: Number(variables.START_MS ?? 500),
    stopLimitMs: Number(variables.STOP_LIMIT_MS ?? 5_000),
    behaviour: behaviourNamed(variables.BEHAVIOUR ?? '') ?? behaviourOf(version),
  };
}

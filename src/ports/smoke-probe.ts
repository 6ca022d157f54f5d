import type { Preview, SmokeTest } from '../domain/plan.ts';

export type SmokeResult = { kind: 'passed' } | { kind: 'failed'; reason: string };

/** Sends one request to a service's URL and judges the answer. Harmless to repeat. Never throws for a bad answer: that is `failed`. */
export type SmokeProbe = (
  request: { url: string; test: SmokeTest /** Absent: as everybody does. */; preview?: Preview },
  options: { signal: AbortSignal },
) => Promise<SmokeResult>;

import type { Behaviour } from './behaviours.ts';

/** How well a task serves its pages. */
export type Conduct = {
  /** Pages answered with 500, percent (0-100), evenly spread. */
  errorPercent: number;
  /** Added to every page, milliseconds. */
  latencyMs: number;
  /** It ends with exit code 1 at the next request after so many, health checks not counted. */
  crashAfterRequests: number;
};

/** What changes a running task from outside: what is given stands in the place of the image's own. */
export type Influence = Partial<Conduct> & {
  /** How long the database it shares with all others takes, milliseconds. */
  dependencyMs?: number;
};

const good: Conduct = { errorPercent: 0, latencyMs: 0, crashAfterRequests: Number.POSITIVE_INFINITY };

/** What differs from good. */
const own: Partial<Record<Behaviour, Partial<Conduct>>> = {
  errors: { errorPercent: 5 },
  slow: { latencyMs: 1_000 },
  slower: { latencyMs: 300 },
  crashloop: { crashAfterRequests: 10 },
  hotfix: { errorPercent: 3 },
};

export function conductOf(behaviour: Behaviour, influence: Influence): Conduct {
  const { dependencyMs = 0, ...given } = influence;
  const conduct = { ...good, ...own[behaviour], ...given };
  return { ...conduct, latencyMs: conduct.latencyMs + dependencyMs };
}

/** The influence that a message to a task's process carries; undefined when it is about something else. */
export function readInfluence(message: unknown): Influence | undefined {
  if (typeof message !== 'object' || message === null || !('influence' in message)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(message.influence ?? {}));
  const influence: Influence = {};
  for (const name of ['errorPercent', 'latencyMs', 'crashAfterRequests', 'dependencyMs'] as const) {
    const value = fields.get(name);
    if (typeof value === 'number') influence[name] = value;
  }
  return influence;
}

import type { Service, Share, Task } from '../service-model.ts';

/** What a service runs of one version (and colour): its part of the answers and its tasks. */
export type RunningVersion = {
  key: string;
  version: string;
  colour: string;
  /** Percent of the latest answers; undefined where nobody asks, as at a worker. */
  percent: number | undefined;
  tasks: Task[];
};

/** All versions that run or answer, the older first, so that none changes its place while another comes or goes. */
export function runningVersions({ shares, tasks, url }: Service): RunningVersion[] {
  const found = new Map<string, RunningVersion>();
  for (const { version, colour } of [...shares, ...tasks]) {
    const key = versionKey({ version, colour });
    const percent = url === undefined || shares.length === 0 ? undefined : percentOf(key, shares);
    const own = tasks.filter((task) => versionKey(task) === key);
    found.set(key, { key, version, colour, percent, tasks: own });
  }
  return [...found.values()].toSorted(byColourThenVersion);
}

/** "v1.1.0", or "v1.1.0 on green". */
export function versionName({ version, colour }: { version: string; colour: string }): string {
  return hasColour(colour) ? `${version} on ${colour}` : version;
}

export function hasColour(colour: string): boolean {
  return colour === 'blue' || colour === 'green';
}

function versionKey({ version, colour }: { version: string; colour: string }): string {
  return `${colour}/${version}`;
}

function percentOf(key: string, shares: readonly Share[]): number {
  return shares.find((share) => versionKey(share) === key)?.percent ?? 0;
}

function byColourThenVersion(left: RunningVersion, right: RunningVersion): number {
  const byColour = left.colour.localeCompare(right.colour);
  return byColour || byVersionNumber(left.version, right.version);
}

export function byVersionNumber(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

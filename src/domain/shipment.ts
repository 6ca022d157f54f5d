import type { Actor } from './actor.ts';
import type { More } from './check.ts';
import type { Standing } from './shipment-event.ts';

/** A branch on its way: checked, opened as a pull request, merged, and deployed. Times are milliseconds since the epoch. */
export type Shipment = {
  /** `S12`. */
  id: string;
  service: string;
  repository: string;
  branch: string;
  base: string;
  /** Where it is deployed once it is merged. */
  environment?: string;
  channel: string;
  requestedBy: Actor;
  why?: string;
  reverts?: number;
  requestedAt: number;
  /** When people could last see something new. */
  changedAt: number;
  endedAt?: number;
  /** Of its latest event. */
  version: number;
  /** The run that works on it. Absent: its first one. */
  run?: string;
  /** The commit all that follows is about, and since when. */
  head: string;
  headAt: number;
  checks: ShownCheck[];
  pull?: OpenedPull;
  /** As GitHub said it last; never of another commit than `head`. */
  standing?: Standing;
  described?: string;
  /** What keeps it from going on at the moment. */
  trouble?: string;
  /** Why the last merge did not come about. */
  mergeRefused?: string;
  merged?: { commit: string; by: Actor; at: number; byHand?: string };
  deployment?: { number: number; isByItself: boolean };
  notDeployed?: string;
  phase: ShipmentPhase;
};

export type ShownCheck = { name: string; startedAt: number; endedAt?: number; says?: string; more?: More } & (
  | { state: 'running' | 'passed' }
  | { state: 'failed'; tail?: string[] }
);

export type OpenedPull = {
  number: number;
  url: string;
  title: string;
  openedAt: number;
  notes: string[];
};

export type ShipmentPhase =
  | { kind: 'checking' }
  /** Waits for a person, or for another commit; a retry goes on with what it was `during`. */
  | { kind: 'blocked'; reason: string; during: 'checking' | 'opening' }
  | { kind: 'opening' }
  | { kind: 'following' }
  | { kind: 'merging'; head: string; by: Actor }
  | { kind: 'deploying' }
  | { kind: 'finished' }
  | { kind: 'closed' }
  | { kind: 'branch-gone' }
  | { kind: 'cancelled'; by: Actor }
  | { kind: 'refused'; reason: string }
  | { kind: 'expired' };

/** One that nothing happens to for so long ends. Milliseconds. */
export const SHIPMENT_LASTS = 14 * 24 * 3_600_000;

export function isShipped({ phase }: Shipment): boolean {
  switch (phase.kind) {
    case 'checking':
    case 'blocked':
    case 'opening':
    case 'following':
    case 'merging':
    case 'deploying':
      return false;
    case 'finished':
    case 'closed':
    case 'branch-gone':
    case 'cancelled':
    case 'refused':
    case 'expired':
      return true;
  }
}

/** Whether nothing but the merge is left to do. */
export function isReady({ phase, standing, head, trouble }: Shipment): boolean {
  if (phase.kind !== 'following' || standing === undefined || trouble !== undefined) return false;
  return standing.head === head && standing.lacks.length === 0;
}

/** The first 12 digits, as people are shown a commit. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12);
}

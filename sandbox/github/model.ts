import type { Git } from './git/git.ts';
import type { Run } from './parts.ts';
import type { Role } from './people.ts';

/** Everything GitHub knows besides what git keeps. Moments are milliseconds since the epoch. */
export type Repository = {
  id: number;
  /** `owner/name`. */
  fullName: string;
  owner: string;
  name: string;
  description: string;
  defaultBranch: string;
  git: Git;
  merges: Record<MergeMethod, boolean>;
  /** By branch. */
  protections: Map<string, Protection>;
  /** By login, of people; Forge's access is the installation's. */
  collaborators: Map<string, Role>;
  pulls: Pull[];
  labels: Label[];
  checkRuns: CheckRun[];
  statuses: Status[];
  deployments: Deployment[];
  workflows: { id: number; path: string; name: string }[];
  runs: Run[];
  /** One at a time: whatever reads refs and then moves them. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result>;
};

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export type Protection = {
  /** Names of checks or statuses that must have passed. */
  checks: readonly string[];
  /** Approvals of people with write access. */
  approvals: number;
  /** Whether a branch must hold everything of its base before it is merged. */
  upToDate: boolean;
};

export type Label = { id: number; name: string; color: string };

export type Pull = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  isDraft: boolean;
  author: string;
  /** `sha` follows the branch while it is open. */
  head: { ref: string; sha: string };
  base: { ref: string; sha: string };
  createdAt: number;
  updatedAt: number;
  closedAt?: number;
  merged?: { at: number; by: string; commit: string; before: string };
  labels: Label[];
  reviewers: { people: string[]; teams: string[] };
  reviews: Review[];
  /** For which commits somebody asked whether it can be merged: the first answer is that it is being worked out. */
  asked?: string;
};

export type Review = {
  id: number;
  by: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  body: string;
  sha: string;
  at: number;
};

export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

export type CheckRun = {
  id: number;
  name: string;
  sha: string;
  /** Slug of the app that made it. */
  app: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: CheckConclusion | null;
  /** What a person sees as its one line. */
  title?: string;
  summary?: string;
  detailsUrl?: string;
  externalId?: string;
  startedAt: number;
  completedAt?: number;
};

export type Status = {
  id: number;
  sha: string;
  context: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  description: string | null;
  targetUrl: string | null;
  by: string;
  at: number;
};

export type DeploymentState =
  | 'error'
  | 'failure'
  | 'inactive'
  | 'in_progress'
  | 'queued'
  | 'pending'
  | 'success';

export type Deployment = {
  id: number;
  sha: string;
  ref: string;
  task: string;
  payload: unknown;
  environment: string;
  description: string | null;
  isTransient: boolean;
  isProduction: boolean;
  by: string;
  at: number;
  /** Oldest first. */
  statuses: {
    id: number;
    state: DeploymentState;
    description: string;
    environmentUrl: string;
    logUrl: string;
    by: string;
    at: number;
  }[];
};

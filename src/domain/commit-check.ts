/** How a check of a commit stands, whoever made it. */
export type CommitCheckState =
  | 'waiting'
  | 'passed'
  | 'failed'
  | 'neutral'
  | 'skipped'
  | 'stale'
  | 'cancelled'
  | 'timed-out'
  | 'action-required';
